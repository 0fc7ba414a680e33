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
package io.frameflow.cli.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.frameflow.image.ImageEncoding;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VideoReaderTest {
    private static final int FRAMES = 25;

    @TempDir static Path folder;
    private static Path clip;

    @BeforeAll
    static void writeClip() throws IOException {
        clip = TestClip.write(folder.resolve("clip.mp4"), FRAMES);
    }

    @Test
    void readsEveryPictureInItsOrderWithItsTime() throws IOException {
        List<VideoFrame> frames = readAll(clip.toString(), ImageEncoding.BGR8, null);

        assertThat(frames).hasSize(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            VideoFrame frame = frames.get(i);
            assertThat(frame.width()).isEqualTo(TestClip.WIDTH);
            assertThat(frame.height()).isEqualTo(TestClip.HEIGHT);
            assertThat(TestClip.numberOf(frame.pixels(), TestClip.WIDTH, TestClip.HEIGHT, 3))
                    .isEqualTo(i);
            assertThat(frame.mediaTimeMicros())
                    .isEqualTo(i * 1_000_000L / TestClip.FRAMES_PER_SECOND);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageEncoding.class,
            names = {"BGR8", "RGB8", "GRAY8", "NV12"})
    void givesPixelsInTheLayoutWantedWithoutPadding(ImageEncoding layout) throws IOException {
        // A width that no alignment divides, so that FFmpeg pads its rows.
        Dimension size = new Dimension(50, 34);

        VideoFrame frame = readAll(clip.toString(), layout, size).get(20);

        int luma = 50 * 34;
        int expectedBytes =
                switch (layout) {
                    case BGR8, RGB8 -> 3 * luma;
                    case GRAY8 -> luma;
                    case NV12 -> luma + luma / 2;
                    case JPEG, PNG -> throw new AssertionError();
                };
        assertThat(frame.pixels()).hasSize(expectedBytes);
        int bytesPerPixel = expectedBytes == 3 * luma ? 3 : 1;
        assertThat(TestClip.numberOf(frame.pixels(), 50, 34, bytesPerPixel)).isEqualTo(20);
        if (layout == ImageEncoding.NV12) {
            for (int i = luma; i < expectedBytes; i++) {
                assertThat(frame.pixels()[i] & 0xff).as("grey has no colour").isBetween(122, 134);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"51, 35, 50, 34", "64, 48, 64, 48"})
    void makesTheSidesOfNv12Even(int width, int height, int evenWidth, int evenHeight)
            throws IOException {
        VideoFrame frame =
                readAll(clip.toString(), ImageEncoding.NV12, new Dimension(width, height)).get(0);

        assertThat(frame.width()).isEqualTo(evenWidth);
        assertThat(frame.height()).isEqualTo(evenHeight);
    }

    @ParameterizedTest
    @CsvSource({"with space.mp4", "frame%03d.mp4", "http:half.mp4", "ünïcode.mp4"})
    void takesAnyFileName(String name) throws IOException {
        Path odd = Files.copy(clip, folder.resolve(name));

        assertThat(readAll(odd.toString(), ImageEncoding.GRAY8, null)).hasSize(FRAMES);
    }

    @Test
    void saysWhichFileIsNoVideo() throws IOException {
        Path text = Files.writeString(folder.resolve("text.mp4"), "no video at all".repeat(99));

        assertThatThrownBy(() -> VideoReader.open(text.toString(), ImageEncoding.BGR8, null))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("text.mp4");
    }

    @Test
    void saysWhichVideoIsCutOff() throws IOException {
        Path cut = folder.resolve("cut.mp4");
        byte[] bytes = Files.readAllBytes(clip);
        // The index of this container stands at the end, so half of it is no video any more.
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> VideoReader.open(cut.toString(), ImageEncoding.BGR8, null))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("cut.mp4");
    }

    @Test
    void readsAVideoMadeByOthers() throws IOException {
        Path hevc = Path.of(System.getenv("FRAMEFLOW_REFERENCE_DATA"), "video/Retail02_short.mp4");
        assumeThat(hevc).exists();

        int count = 0;
        long last = -1;
        try (VideoReader reader =
                VideoReader.open(hevc.toString(), ImageEncoding.GRAY8, new Dimension(64, 36))) {
            assertThat(reader.frameRate()).isBetween(10.0, 60.0);
            for (VideoFrame frame = reader.read(); frame != null; frame = reader.read()) {
                assertThat(frame.mediaTimeMicros()).isGreaterThan(last);
                last = frame.mediaTimeMicros();
                count++;
            }
        }
        assertThat(count).isEqualTo(603);
    }

    private static List<VideoFrame> readAll(String location, ImageEncoding layout, Dimension size)
            throws IOException {
        List<VideoFrame> frames = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(location, layout, size)) {
            for (VideoFrame frame = reader.read(); frame != null; frame = reader.read()) {
                frames.add(frame);
            }
        }
        return frames;
    }
}
