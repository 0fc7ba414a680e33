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
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameDetections;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes made to take memory, time or the process: none of them gets more than an exception. */
class HostileBytesTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final RecordCodec<Frame> FRAMES = RecordCodec.forFrame();
    private static final RecordCodec<FrameDetections> DETECTIONS = RecordCodec.forFrameDetections();
    private static final int HEADER_BYTES = 10;

    /** Room for the classes that the first records load; far below the longest lengths. */
    private static final long MAX_ALLOCATED_BYTES = 16 << 20;

    static List<Named<SpecificRecord>> samples() {
        return SampleRecords.named();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                7,
                1 << 20,
                Integer.MAX_VALUE - 8,
                Integer.MAX_VALUE,
                1L << 31,
                1L << 32,
                Long.MAX_VALUE,
                -1,
                Integer.MIN_VALUE,
                Long.MIN_VALUE
            })
    void refusesADeclaredLengthOrCountBeyondTheBytes(long declared) {
        assertMalformed(FRAMES, RecordBytes.of(Frame.getClassSchema()).number(declared));
        assertMalformed(FRAMES, frameUpToImage().number(declared).raw(new byte[6]));
        assertMalformed(DETECTIONS, detectionsUpToObjects().number(declared).raw(new byte[6]));
        assertMalformed(
                DETECTIONS, detectionsUpToObjects().number(-5).number(declared).raw(new byte[6]));
        assertMalformed(DETECTIONS, detectionsUpToShape().number(declared).raw(new byte[6]));
    }

    @Test
    void refusesManyBlocksThatDeclareMoreThanTheyHold() {
        RecordBytes bytes = detectionsUpToShape();
        for (int block = 0; block < 1000; block++) {
            bytes.number(1).number(7);
        }

        assertMalformed(DETECTIONS, bytes.number(Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 2, 7, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void refusesABranchThatTheUnionDoesNotHave(long branch) {
        assertMalformed(
                FRAMES, RecordBytes.of(Frame.getClassSchema()).string("gate").number(branch));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 7, 8, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void refusesASymbolThatTheEnumDoesNotHave(long symbol) {
        assertMalformed(FRAMES, frameUpToEncoding().number(symbol).number(0).number(0).number(0));
    }

    @Test
    void refusesNumbersOfEndlessLength() {
        byte[] endless = new byte[64];
        Arrays.fill(endless, (byte) 0xFF);

        assertMalformed(FRAMES, RecordBytes.of(Frame.getClassSchema()).raw(endless));
    }

    /** Anything may follow a valid header: it is read or refused, and nothing else happens. */
    @ParameterizedTest
    @MethodSource("samples")
    void readsOrRefusesRandomBytes(SpecificRecord sample) {
        Random random = new Random(1);
        RecordCodec<?> codec = RecordCodec.forType(sample.getClass());
        for (int i = 0; i < 2_000; i++) {
            byte[] junk = new byte[random.nextInt(200)];
            random.nextBytes(junk);
            assertReadOrRefusedCheaply(codec, RecordBytes.of(sample.getSchema()).raw(junk));
        }
    }

    /** Valid records with a few bytes changed, removed or inserted get deeper than junk does. */
    @ParameterizedTest
    @MethodSource("samples")
    void readsOrRefusesDamagedRecords(SpecificRecord sample) {
        Random random = new Random(2);
        RecordCodec<SpecificRecord> codec = SampleRecords.codecOf(sample);
        byte[] valid = codec.encode(sample);
        for (int i = 0; i < 2_000; i++) {
            assertReadOrRefusedCheaply(codec, damaged(valid, random));
        }
    }

    private static RecordBytes damaged(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int damage = random.nextInt(4); damage >= 0; damage--) {
            int at = HEADER_BYTES + random.nextInt(bytes.length - HEADER_BYTES);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = inserted(bytes, at, (byte) random.nextInt(256));
                default -> bytes = Arrays.copyOf(bytes, at + 1);
            }
        }
        return RecordBytes.of(bytes);
    }

    private static byte[] inserted(byte[] bytes, int at, byte value) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
        longer[at] = value;
        return longer;
    }

    private static void assertMalformed(RecordCodec<?> codec, RecordBytes record) {
        RecordDecodingException refusal = decodeCheaply(codec, record.toByteArray());

        assertThat(refusal).isNotNull();
        assertThat(refusal.problem()).isEqualTo(DecodeProblem.MALFORMED);
    }

    /** Any other exception than a refusal fails the test. */
    private static void assertReadOrRefusedCheaply(RecordCodec<?> codec, RecordBytes record) {
        decodeCheaply(codec, record.toByteArray());
    }

    /** Returns the refusal, or null where the bytes are a record. */
    private static RecordDecodingException decodeCheaply(RecordCodec<?> codec, byte[] value) {
        RecordDecodingException refusal = null;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            codec.decode(value);
        } catch (RecordDecodingException e) {
            refusal = e;
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (allocated >= MAX_ALLOCATED_BYTES) {
            fail("%d bytes were allocated for %s", allocated, HexFormat.of().formatHex(value));
        }
        return refusal;
    }

    private static RecordBytes frameUpToEncoding() {
        return RecordBytes.of(Frame.getClassSchema()).string("gate").number(0).number(1).number(1);
    }

    private static RecordBytes frameUpToImage() {
        return frameUpToEncoding().number(1).number(0).number(0);
    }

    private static RecordBytes detectionsUpToShape() {
        return detectionsUpToObjects().number(0).number(1).string("output").number(1);
    }

    private static RecordBytes detectionsUpToObjects() {
        return RecordBytes.of(FrameDetections.getClassSchema())
                .string("gate")
                .number(0)
                .number(1)
                .number(1)
                .string("frames")
                .number(0)
                .number(0)
                .number(640)
                .number(480)
                .number(1)
                .string("model")
                .string("1")
                .string("fp32")
                .string("onnxruntime");
    }
}
