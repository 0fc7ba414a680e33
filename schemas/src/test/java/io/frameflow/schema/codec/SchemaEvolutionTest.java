/*
 * Copyright 2026 The Frameflow Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package io.frameflow.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

/**
 * That schemas can change: {@code OlderFrame.avsc}, which was never released, lacks the session,
 * the size and some encodings, has its fields in another order, and has one that is gone today.
 */
class SchemaEvolutionTest {
    private static final String OLDER_FRAME = "/OlderFrame.avsc";
    private static final int HEADER_BYTES = 10;

    private final Schema older = SchemaCatalog.load(OLDER_FRAME);
    private final RecordCodec<Frame> codec =
            new RecordCodec<>(
                    Frame.class,
                    new SchemaCatalog(List.of(Frame.getClassSchema()), List.of(OLDER_FRAME)));

    @Test
    void todaysReaderReadsOlderRecords() throws IOException {
        byte[] bytes =
                RecordBytes.of(older)
                        .string("a field that is gone")
                        .number(3)
                        .raw((byte) 1, (byte) 2, (byte) 3)
                        .string("gate")
                        .number(7)
                        .number(8)
                        .number(1)
                        .toByteArray();

        assertThat(codec.decode(bytes))
                .isEqualTo(
                        Frame.newBuilder()
                                .setCameraId("gate")
                                .setSequence(7)
                                .setCaptureTimeUs(8)
                                .setEncoding(FrameEncoding.PNG)
                                .setImage(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                                .build());
    }

    @Test
    void readsOlderPicturesAsSlicesToo() throws IOException {
        byte[] bytes =
                RecordBytes.of(older)
                        .string("")
                        .number(3)
                        .raw((byte) 1, (byte) 2, (byte) 3)
                        .string("gate")
                        .number(7)
                        .number(8)
                        .number(0)
                        .toByteArray();
        ByteBuffer image = codec.decode(bytes).getImage();

        assertThat(image.arrayOffset()).isEqualTo(HEADER_BYTES + 2);
        assertThat(image.array()).isSameAs(bytes);
    }

    @Test
    void anOlderReaderReadsTodaysRecords() throws IOException {
        Frame frame = SampleRecords.frame();
        byte[] bytes = codec.encode(frame);
        GenericRecord read =
                new GenericDatumReader<GenericRecord>(Frame.getClassSchema(), older)
                        .read(
                                null,
                                DecoderFactory.get()
                                        .binaryDecoder(
                                                bytes,
                                                HEADER_BYTES,
                                                bytes.length - HEADER_BYTES,
                                                null));

        assertThat(read.get("camera_id")).hasToString(frame.getCameraId());
        assertThat(read.get("sequence")).isEqualTo(frame.getSequence());
        assertThat(read.get("image")).isEqualTo(frame.getImage());
        assertThat(read.get("encoding"))
                .as("an encoding that it does not know")
                .hasToString("UNKNOWN");
        assertThat(read.get("note")).as("a field that is gone").hasToString("");
    }
}
