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

import io.frameflow.schema.Control;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Preview;
import io.frameflow.schema.TrackEvent;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads one kind of record in Avro's single-object encoding.
 *
 * <p>Bytes written under any released schema of that kind are read, resolved to today's. The bytes
 * are untrusted: whatever is wrong with them ends in a {@link RecordDecodingException}, and no more
 * memory is taken than a small multiple of their number.
 *
 * <p>Not thread-safe: an instance keeps buffers; each thread takes its own.
 *
 * @param <T> the generated record class
 */
public final class RecordCodec<T extends SpecificRecord> {
    private static final int HEADER_BYTES = 10;
    private static final byte MARKER_0 = (byte) 0xC3;
    private static final byte MARKER_1 = 0x01;

    /**
     * Resources with the schemas of earlier releases that differ from today's; there are none yet.
     */
    private static final List<String> RELEASED = List.of();

    private static final SchemaCatalog CATALOG =
            new SchemaCatalog(
                    List.of(
                            Frame.getClassSchema(),
                            FrameDetections.getClassSchema(),
                            DeadLetter.getClassSchema(),
                            TrackEvent.getClassSchema(),
                            Control.getClassSchema(),
                            ControlAcknowledgement.getClassSchema(),
                            Preview.getClassSchema()),
                    RELEASED);

    private final SpecificData model;
    private final Schema schema;
    private final SchemaCatalog catalog;
    private final byte[] header;
    private final SpecificDatumWriter<T> writer;
    private final Map<Long, SpecificDatumReader<T>> readers = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private @Nullable BinaryEncoder encoder;
    private final SlicingDecoder decoder = new SlicingDecoder();

    RecordCodec(Class<T> type, SchemaCatalog catalog) {
        this.model = new GeneratedClasses(type);
        this.schema = model.getSchema(type);
        this.catalog = catalog;
        this.writer = new SpecificDatumWriter<>(schema, model);
        this.header =
                ByteBuffer.allocate(HEADER_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(MARKER_0)
                        .put(MARKER_1)
                        .putLong(SchemaCatalog.fingerprint(schema))
                        .array();
    }

    /** A codec for records of a generated class. */
    public static <T extends SpecificRecord> RecordCodec<T> forType(Class<T> type) {
        return new RecordCodec<>(type, CATALOG);
    }

    /** A codec for frames. */
    public static RecordCodec<Frame> forFrame() {
        return forType(Frame.class);
    }

    /** A codec for results. */
    public static RecordCodec<FrameDetections> forFrameDetections() {
        return forType(FrameDetections.class);
    }

    /** A codec for dead letters. */
    public static RecordCodec<DeadLetter> forDeadLetter() {
        return forType(DeadLetter.class);
    }

    /** A codec for track events. */
    public static RecordCodec<TrackEvent> forTrackEvent() {
        return forType(TrackEvent.class);
    }

    /** A codec for control messages. */
    public static RecordCodec<Control> forControl() {
        return forType(Control.class);
    }

    /** A codec for acknowledgements of control messages. */
    public static RecordCodec<ControlAcknowledgement> forControlAcknowledgement() {
        return forType(ControlAcknowledgement.class);
    }

    /** A codec for pictures to look at. */
    public static RecordCodec<Preview> forPreview() {
        return forType(Preview.class);
    }

    /**
     * Writes a record.
     *
     * @return a new array with header and record
     * @throws org.apache.avro.AvroRuntimeException if a field that must have a value is null
     */
    public byte[] encode(T value) {
        out.reset();
        out.writeBytes(header);
        encoder = EncoderFactory.get().directBinaryEncoder(out, encoder);
        try {
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * Reads a record.
     *
     * @param bytes header and record, nothing behind; not changed, but kept by the record: its
     *     fields of type {@code bytes} are slices of the array
     * @throws RecordDecodingException if the bytes are anything else, with the reason
     */
    public T decode(byte[] bytes) throws RecordDecodingException {
        SpecificDatumReader<T> reader = readerFor(bytes);
        decoder.configure(bytes, HEADER_BYTES);
        try {
            @SuppressWarnings("NullAway") // Avro takes null for "no record to reuse".
            T value = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw problem(DecodeProblem.TRAILING_BYTES, "bytes follow the end of the record");
            }
            return value;
        } catch (RecordDecodingException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Whatever Avro makes of the bytes: a reader that dies of a message never gets past it.
            throw malformed(e);
        }
    }

    /**
     * Whether bytes claim to be a record of this kind, under any released schema: on topics with
     * records of several kinds, the codec that reads them.
     */
    public boolean isOfThisKind(byte[] bytes) {
        Schema written = isSingleObject(bytes) ? catalog.find(fingerprintOf(bytes)) : null;
        return written != null && written.getFullName().equals(schema.getFullName());
    }

    private static boolean isSingleObject(byte[] bytes) {
        return bytes.length >= HEADER_BYTES && bytes[0] == MARKER_0 && bytes[1] == MARKER_1;
    }

    private static long fingerprintOf(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    }

    /** A copy that shares nothing changeable with the record. */
    public T copy(T value) {
        return model.deepCopy(schema, value);
    }

    private SpecificDatumReader<T> readerFor(byte[] bytes) throws RecordDecodingException {
        if (bytes.length == 0) {
            throw problem(DecodeProblem.EMPTY, "the value has no bytes");
        }
        if (!isSingleObject(bytes)) {
            throw problem(
                    DecodeProblem.NOT_SINGLE_OBJECT,
                    "the value does not begin with C3 01 and a schema fingerprint:"
                            + " publish in Avro's single-object encoding");
        }
        long fingerprint = fingerprintOf(bytes);
        SpecificDatumReader<T> known = readers.get(fingerprint);
        if (known != null) {
            return known;
        }
        Schema written = catalog.find(fingerprint);
        if (written == null) {
            throw problem(
                    DecodeProblem.UNKNOWN_SCHEMA,
                    String.format(
                            "no known schema has the fingerprint %016x: publish with a released"
                                    + " %s.avsc, or update this job",
                            fingerprint, schema.getName()));
        }
        if (!written.getFullName().equals(schema.getFullName())) {
            throw problem(
                    DecodeProblem.OTHER_RECORD,
                    "the value is a " + written.getName() + ", expected a " + schema.getName());
        }
        SpecificDatumReader<T> reader = new SpecificDatumReader<>(written, schema, model);
        readers.put(fingerprint, reader);
        return reader;
    }

    private RecordDecodingException malformed(Exception cause) {
        String detail =
                cause instanceof EOFException && cause.getMessage() == null
                        ? "they end too early"
                        : String.valueOf(cause.getMessage());
        return new RecordDecodingException(
                DecodeProblem.MALFORMED,
                "the bytes are no " + schema.getName() + ": " + detail,
                cause);
    }

    private static RecordDecodingException problem(DecodeProblem problem, String message) {
        return new RecordDecodingException(problem, message, null);
    }
}
