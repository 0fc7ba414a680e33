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
package io.frameflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cli.video.PictureCompressor;
import io.frameflow.cli.video.TestClip;
import io.frameflow.cli.video.VideoFrame;
import io.frameflow.cli.video.VideoReader;
import io.frameflow.image.ImageEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenoiseCommandTest {
    private static final int GREY = 120;
    private static final int SIDE = 64;

    @TempDir Path folder;

    @Test
    void picturesOfAFolderBecomeCleanerFromOneToTheNext() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        Random random = new Random(1);
        double before = 0;
        try (PictureCompressor png = PictureCompressor.png()) {
            for (int i = 0; i < 12; i++) {
                VideoFrame noisy = noisy(random);
                before = error(noisy);
                Files.write(in.resolve("p%02d.png".formatted(i)), png.compress(noisy));
            }
        }
        Path out = folder.resolve("out");

        CommandResult result = CommandResult.run("denoise", in.toString(), out.toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).startsWith("12 pictures, ").endsWith("to " + out + "\n");
        assertThat(out).isDirectoryContaining("glob:**p00.png");
        double first = error(read(out.resolve("p00.png")));
        double last = error(read(out.resolve("p11.png")));
        assertThat(first).isLessThan(before / 2);
        assertThat(last).isLessThan(before / 6);
    }

    @Test
    void aVideoStaysAVideo() throws IOException {
        Path clip = TestClip.write(folder.resolve("clip.mp4"), 8);
        Path out = folder.resolve("clean.mp4");

        CommandResult result =
                CommandResult.run(
                        "denoise",
                        "--preset=outdoor_high_light",
                        "--strength=0.3",
                        clip.toString(),
                        out.toString());

        assertThat(result.exitCode()).isZero();
        try (VideoReader reader = VideoReader.open(out.toString(), ImageEncoding.GRAY8, null)) {
            assertThat(reader.frameRate()).isEqualTo(TestClip.FRAMES_PER_SECOND);
            for (int i = 0; i < 8; i++) {
                VideoFrame frame = reader.read();
                assertThat(frame).isNotNull();
                assertThat(TestClip.numberOf(frame.pixels(), frame.width(), frame.height(), 1))
                        .isEqualTo(i);
            }
            assertThat(reader.read()).isNull();
        }
    }

    @Test
    void doesNotReadWhatItWrites() throws IOException {
        Path clip = TestClip.write(folder.resolve("clip.mp4"), 8);
        byte[] before = Files.readAllBytes(clip);

        for (Path same : List.of(clip, folder)) {
            CommandResult result = CommandResult.run("denoise", same.toString(), same.toString());

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("IN and OUT are the same");
        }
        assertThat(clip).hasBinaryContent(before);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void picturesThatWouldHaveTheSameNameAreRefused() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        try (PictureCompressor png = PictureCompressor.png()) {
            byte[] picture = png.compress(noisy(new Random(1)));
            Files.write(in.resolve("a.png"), picture);
            Files.write(in.resolve("a.jpg"), picture);
        }

        CommandResult result =
                CommandResult.run("denoise", in.toString(), folder.resolve("out").toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("a.jpg and ", "would both be written as");
    }

    @ParameterizedTest
    @CsvSource({
        "--strength=1.5, --strength is 1.5",
        "--strength=nan, --strength",
        "--preset=night, 'night' is no preset: give default"
    })
    void refusesWhatItCannotMean(String option, String expected) {
        CommandResult result = CommandResult.run("denoise", option, "in", "out");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(expected);
    }

    @Test
    void saysThatThereIsNoSuchFile() {
        CommandResult result =
                CommandResult.run("denoise", folder.resolve("none.mp4").toString(), "out.mp4");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("none.mp4");
    }

    private static VideoFrame noisy(Random random) {
        byte[] pixels = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.round(GREY + 20 * Math.max(-5, random.nextGaussian()));
        }
        return new VideoFrame(ImageEncoding.BGR8, SIDE, SIDE, pixels, 0);
    }

    private static VideoFrame read(Path file) throws IOException {
        try (VideoReader reader = VideoReader.open(file.toString(), ImageEncoding.BGR8, null)) {
            VideoFrame frame = reader.read();
            assertThat(frame).isNotNull();
            return frame;
        }
    }

    /** Mean square of the difference to what the pictures show. */
    private static double error(VideoFrame frame) {
        double sum = 0;
        for (byte value : frame.pixels()) {
            sum += ((value & 0xFF) - GREY) * ((value & 0xFF) - GREY);
        }
        return sum / frame.pixels().length;
    }
}
