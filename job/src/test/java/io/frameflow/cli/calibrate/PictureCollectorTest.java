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
package io.frameflow.cli.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.cli.video.TestClip;
import io.frameflow.image.ImageEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureCollectorTest {
    @TempDir private Path folder;
    private final List<String> steps = new ArrayList<>();

    private PictureCollector collector(int every, int most) {
        return new PictureCollector(folder.resolve("gathered"), every, most, steps::add);
    }

    @Test
    void leavesFilesOfFoldersWhereTheyAre() throws IOException {
        for (int i = 0; i < 5; i++) {
            Files.write(folder.resolve(i + ".jpg"), new byte[] {1});
        }
        try (PictureCollector collector = collector(2, 2)) {
            collector.addInput(folder.toString());

            assertThat(collector.pictures())
                    .containsExactly(folder.resolve("0.jpg"), folder.resolve("2.jpg"));
            assertThat(folder.resolve("gathered")).doesNotExist();
        }
    }

    @Test
    void writesEveryThirdPictureOfAVideo() throws IOException {
        Path clip = TestClip.write(folder.resolve("clip.mp4"), 10);
        try (PictureCollector collector = collector(3, 100)) {
            collector.addInput(clip.toString());

            assertThat(collector.pictures()).allMatch(file -> file.toString().endsWith(".jpg"));
            assertThat(numbers(collector.pictures())).containsExactly(0, 3, 6, 9);
            assertThat(steps).last().isEqualTo("gathering pictures, 4");
        }
    }

    private static List<Integer> numbers(List<Path> pictures) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (Path picture : pictures) {
            var image = ImageIO.read(picture.toFile());
            byte[] grey = new byte[image.getWidth() * image.getHeight()];
            for (int i = 0; i < grey.length; i++) {
                grey[i] = (byte) image.getRGB(i % image.getWidth(), i / image.getWidth());
            }
            numbers.add(TestClip.numberOf(grey, image.getWidth(), image.getHeight(), 1));
        }
        return numbers;
    }

    @Test
    void stopsReadingWhenItHasEnough() throws IOException {
        Path clip = TestClip.write(folder.resolve("clip.mp4"), 10);
        try (PictureCollector collector = collector(1, 3)) {
            collector.addInput(clip.toString());

            assertThat(numbers(collector.pictures())).containsExactly(0, 1, 2);
        }
    }

    @Test
    void saysThatAnInputIsMissing() {
        try (PictureCollector collector = collector(1, 1)) {
            assertThatThrownBy(() -> collector.addInput(folder.resolve("missing").toString()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("missing");
        }
    }

    @Test
    void keepsEachPixelOfRawFrames() throws IOException {
        byte[] pixels = {10, 20, 30, 40, 50, 60};
        try (FrameFile file = new FrameFile()) {
            Path bgr = file.write(folder, "bgr", ImageEncoding.BGR8, 2, 1, ByteBuffer.wrap(pixels));
            Path rgb = file.write(folder, "rgb", ImageEncoding.RGB8, 1, 2, ByteBuffer.wrap(pixels));
            Path gray =
                    file.write(
                            folder,
                            "gray",
                            ImageEncoding.GRAY8,
                            1,
                            1,
                            ByteBuffer.wrap(pixels, 2, 1).slice());

            assertThat(ImageIO.read(bgr.toFile()).getRGB(1, 0)).isEqualTo(0xff3c3228);
            assertThat(ImageIO.read(rgb.toFile()).getRGB(0, 1)).isEqualTo(0xff28323c);
            assertThat(ImageIO.read(gray.toFile()).getRGB(0, 0)).isEqualTo(0xff1e1e1e);
            assertThat(file.isReadable(ImageEncoding.BGR8, 3, 1, ByteBuffer.wrap(pixels)))
                    .isFalse();
        }
    }

    @Test
    void keepsPicturesOfACalibrationApart() throws IOException {
        List<Path> pictures = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            pictures.add(Files.write(folder.resolve(i + ".jpg"), new byte[] {(byte) i}));
        }
        Path kept = folder.resolve("kept");

        KeptPictures.write(PictureSplit.of(pictures, 20), kept);

        assertThat(kept.resolve("calibration")).isDirectoryContaining("glob:**000003-3.jpg");
        assertThat(kept.resolve("held-back")).isDirectoryContaining("glob:**000000-4.jpg");
        assertThatThrownBy(() -> KeptPictures.write(PictureSplit.of(pictures, 20), kept))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not empty");
    }
}
