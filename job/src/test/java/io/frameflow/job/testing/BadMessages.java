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
package io.frameflow.job.testing;

import io.frameflow.failure.FailureCode;
import io.frameflow.schema.Control;
import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameEncoding;
import io.frameflow.schema.codec.RecordCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Messages that are bad in all ways that this project tells apart, one a way. */
public final class BadMessages {
    /** The camera that they claim to be of. */
    public static final String CAMERA = "rogue";

    /** Messages above this are refused by the job that is to read them. */
    public static final int MAX_MESSAGE_BYTES = 1 << 20;

    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final byte[] KEY = CAMERA.getBytes(StandardCharsets.UTF_8);

    private final RecordCodec<Frame> codec = RecordCodec.forFrame();
    private final byte[] jpeg = TestPictures.jpeg(WIDTH, HEIGHT);
    private final byte[] png = TestPictures.png(WIDTH, HEIGHT);
    private final List<BadMessage> messages = new ArrayList<>();

    private BadMessages() {}

    /** All of them. */
    public static List<BadMessage> all() {
        BadMessages all = new BadMessages();
        all.addValues();
        all.addFields();
        all.addJpegs();
        all.addPngs();
        all.addRawPictures();
        return all.messages;
    }

    private void addValues() {
        byte[] good = codec.encode(frame(1, frame -> {}));
        envelope("tombstone", null, FailureCode.NO_VALUE);
        envelope("zero bytes", new byte[0], FailureCode.EMPTY_VALUE);
        envelope("random bytes", TestPictures.random(3000), FailureCode.NOT_SINGLE_OBJECT);
        envelope("a picture without a record", jpeg, FailureCode.NOT_SINGLE_OBJECT);
        envelope("half a header", Arrays.copyOf(good, 6), FailureCode.NOT_SINGLE_OBJECT);
        byte[] unknown = good.clone();
        unknown[5] ^= 1;
        envelope("wrong fingerprint", unknown, FailureCode.UNKNOWN_SCHEMA);
        envelope("wrong schema", control(), FailureCode.WRONG_RECORD);
        envelope("header alone", Arrays.copyOf(good, 10), FailureCode.MALFORMED_RECORD);
        envelope("truncated record", TestPictures.half(good), FailureCode.MALFORMED_RECORD);
        envelope("record of garbage", garbageRecord(good), FailureCode.MALFORMED_RECORD);
        envelope(
                "trailing bytes", Arrays.copyOf(good, good.length + 3), FailureCode.TRAILING_BYTES);
        envelope(
                "huge message",
                codec.encode(
                        frame(2, f -> f.setImage(bytes(TestPictures.random(MAX_MESSAGE_BYTES))))),
                FailureCode.MESSAGE_TOO_LARGE);
    }

    private void addFields() {
        field("no camera", f -> f.setCameraId(""), FailureCode.INVALID_CAMERA_ID);
        field("long camera", f -> f.setCameraId("c".repeat(256)), FailureCode.INVALID_CAMERA_ID);
        field("long session", f -> f.setSession("s".repeat(256)), FailureCode.INVALID_SESSION);
        field("key mismatch", f -> f.setCameraId("another"), FailureCode.KEY_MISMATCH);
        messages.add(
                new BadMessage(
                        "no key",
                        null,
                        codec.encode(frame(3, f -> {})),
                        "envelope",
                        FailureCode.KEY_MISMATCH));
        field("negative sequence", f -> f.setSequence(-1L), FailureCode.INVALID_SEQUENCE);
        field("negative time", f -> f.setCaptureTimeUs(-1L), FailureCode.INVALID_CAPTURE_TIME);
        field(
                "time in nanoseconds",
                f -> f.setCaptureTimeUs(1_790_000_000_000_000_000L),
                FailureCode.INVALID_CAPTURE_TIME);
        field(
                "unknown encoding",
                f -> f.setEncoding(FrameEncoding.UNKNOWN),
                FailureCode.UNKNOWN_ENCODING);
    }

    private void addJpegs() {
        picture("no picture", FrameEncoding.JPEG, new byte[0], FailureCode.EMPTY_IMAGE);
        picture("PNG as JPEG", FrameEncoding.JPEG, png, FailureCode.NOT_THE_ENCODING);
        picture(
                "noise as JPEG",
                FrameEncoding.JPEG,
                TestPictures.random(5000),
                FailureCode.NOT_THE_ENCODING);
        picture(
                "truncated JPEG",
                FrameEncoding.JPEG,
                TestPictures.half(jpeg),
                FailureCode.TRUNCATED_IMAGE);
        picture(
                "JPEG of 60000 x 60000",
                FrameEncoding.JPEG,
                TestPictures.withJpegSize(jpeg, 60_000, 60_000),
                FailureCode.IMAGE_TOO_LARGE);
        picture(
                "JPEG without width",
                FrameEncoding.JPEG,
                TestPictures.withJpegSize(jpeg, 0, HEIGHT),
                FailureCode.INVALID_DIMENSIONS);
        picture(
                "JPEG with a damaged header",
                FrameEncoding.JPEG,
                TestPictures.withDamagedHeader(jpeg),
                FailureCode.INVALID_IMAGE_HEADER);
        picture(
                "JPEG with a damaged scan",
                FrameEncoding.JPEG,
                TestPictures.withDamagedScan(jpeg),
                FailureCode.CORRUPT_IMAGE);
        picture(
                "CMYK JPEG",
                FrameEncoding.JPEG,
                TestPictures.cmykJpeg(WIDTH, HEIGHT),
                FailureCode.UNSUPPORTED_IMAGE);
        declared(
                "JPEG of another size",
                FrameEncoding.JPEG,
                WIDTH + 1,
                HEIGHT,
                jpeg,
                FailureCode.DIMENSIONS_MISMATCH);
    }

    private void addPngs() {
        picture("JPEG as PNG", FrameEncoding.PNG, jpeg, FailureCode.NOT_THE_ENCODING);
        picture(
                "truncated PNG",
                FrameEncoding.PNG,
                TestPictures.half(png),
                FailureCode.TRUNCATED_IMAGE);
        picture(
                "PNG with a turned bit",
                FrameEncoding.PNG,
                TestPictures.withTurnedBit(png),
                FailureCode.CORRUPT_IMAGE);
        picture(
                "PNG bomb",
                FrameEncoding.PNG,
                TestPictures.withPngSize(png, 30_000, 30_000),
                FailureCode.IMAGE_TOO_LARGE);
        picture(
                "PNG with less than its size needs",
                FrameEncoding.PNG,
                TestPictures.withPngSize(png, WIDTH, 4000),
                FailureCode.CORRUPT_IMAGE);
    }

    private void addRawPictures() {
        int pixels = WIDTH * HEIGHT;
        raw("short BGR8", FrameEncoding.BGR8, 3 * pixels - 1, FailureCode.RAW_SIZE_MISMATCH);
        raw("long RGB8", FrameEncoding.RGB8, 3 * pixels + 1, FailureCode.RAW_SIZE_MISMATCH);
        raw(
                "GRAY8 of three planes",
                FrameEncoding.GRAY8,
                3 * pixels,
                FailureCode.RAW_SIZE_MISMATCH);
        declared(
                "NV12 of odd width",
                FrameEncoding.NV12,
                WIDTH + 1,
                HEIGHT,
                TestPictures.random((WIDTH + 1) * HEIGHT * 3 / 2),
                FailureCode.INVALID_DIMENSIONS);
        declared(
                "raw picture without a size",
                FrameEncoding.BGR8,
                0,
                0,
                TestPictures.random(3 * pixels),
                FailureCode.INVALID_DIMENSIONS);
        declared(
                "raw picture that claims gigabytes",
                FrameEncoding.BGR8,
                60_000,
                60_000,
                TestPictures.random(100),
                FailureCode.IMAGE_TOO_LARGE);
    }

    private void envelope(String kind, byte[] value, FailureCode code) {
        messages.add(new BadMessage(kind, KEY, value, "envelope", code));
    }

    private void field(String kind, Consumer<Frame> change, FailureCode code) {
        envelope(kind, codec.encode(frame(4, change)), code);
    }

    private void picture(String kind, FrameEncoding encoding, byte[] image, FailureCode code) {
        declared(kind, encoding, 0, 0, image, code);
    }

    private void raw(String kind, FrameEncoding encoding, int size, FailureCode code) {
        declared(kind, encoding, WIDTH, HEIGHT, TestPictures.random(size), code);
    }

    private void declared(
            String kind,
            FrameEncoding encoding,
            int width,
            int height,
            byte[] image,
            FailureCode code) {
        Frame bad =
                frame(
                        5,
                        frame -> {
                            frame.setEncoding(encoding);
                            frame.setWidth(width);
                            frame.setHeight(height);
                            frame.setImage(bytes(image));
                        });
        messages.add(new BadMessage(kind, KEY, codec.encode(bad), "decode", code));
    }

    private Frame frame(long sequence, Consumer<Frame> change) {
        Frame frame = FramePublisher.frame(CAMERA, sequence);
        frame.setImage(bytes(jpeg));
        change.accept(frame);
        return frame;
    }

    private static byte[] control() {
        return RecordCodec.forControl()
                .encode(
                        Control.newBuilder()
                                .setControlId("control")
                                .setIssuedAtUs(1_790_000_000_000_000L)
                                .build());
    }

    /** The header of a frame, and bytes behind it that claim a text of two gigabytes. */
    private static byte[] garbageRecord(byte[] good) {
        byte[] garbage = TestPictures.random(500);
        System.arraycopy(good, 0, garbage, 0, 10);
        byte[] length = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
        System.arraycopy(length, 0, garbage, 10, length.length);
        return garbage;
    }

    private static ByteBuffer bytes(byte[] array) {
        return ByteBuffer.wrap(array);
    }
}
