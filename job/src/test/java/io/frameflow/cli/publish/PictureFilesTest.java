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
package io.frameflow.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.cli.video.PictureCompressor;
import io.frameflow.cli.video.TestClip;
import io.frameflow.image.ImageEncoding;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFilesTest {
    private static final byte[] DAMAGED = {(byte) 0xff, (byte) 0xd8, 1, 2, 3};

    @TempDir Path folder;
    private byte[] png;
    private byte[] jpeg;

    @BeforeEach
    void writePictures() throws IOException {
        try (PictureCompressor toPng = PictureCompressor.png();
                PictureCompressor toJpeg = PictureCompressor.jpeg(90)) {
            png = toPng.compress(TestClip.frame(1));
            jpeg = toJpeg.compress(TestClip.frame(2));
        }
        Files.write(folder.resolve("b.png"), png);
        Files.write(folder.resolve("a%03d.JPG"), jpeg);
        Files.writeString(folder.resolve("notes.txt"), "no picture");
        Files.createDirectory(folder.resolve("c.png"));
    }

    @Test
    void publishesFilesAsTheyAreInTheOrderOfTheirNames() throws IOException {
        List<Picture> pictures = readAll(new PictureFormat(null, null, 90));

        assertThat(pictures).hasSize(2);
        assertThat(pictures.get(0).encoding()).isEqualTo(ImageEncoding.JPEG);
        assertThat(pictures.get(0).bytes()).isEqualTo(jpeg);
        assertThat(pictures.get(0).width()).as("a file says its size itself").isZero();
        assertThat(pictures.get(1).encoding()).isEqualTo(ImageEncoding.PNG);
        assertThat(pictures.get(1).bytes()).isEqualTo(png);
        assertThat(pictures.get(1).mediaTimeMicros()).isEqualTo(40_000);
    }

    @Test
    void keepsDamagedFilesAsTheyAre() throws IOException {
        Files.write(folder.resolve("damaged.jpg"), DAMAGED);

        assertThat(readAll(new PictureFormat(null, null, 90)).get(2).bytes()).isEqualTo(DAMAGED);
    }

    @Test
    void scalesAndEncodesWhereThatIsWanted() throws IOException {
        PictureFormat format = new PictureFormat(ImageEncoding.PNG, new Dimension(80, 60), 90);

        List<Picture> pictures = readAll(format);

        for (int i = 0; i < 2; i++) {
            Picture picture = pictures.get(i);
            assertThat(picture.encoding()).isEqualTo(ImageEncoding.PNG);
            BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(picture.bytes()));
            assertThat(decoded.getWidth()).isEqualTo(80);
            assertThat(decoded.getHeight()).isEqualTo(60);
        }
    }

    @Test
    void unpacksToRawPixels() throws IOException {
        List<Picture> pictures = readAll(new PictureFormat(ImageEncoding.BGR8, null, 90));

        Picture fromPng = pictures.get(1);
        assertThat(fromPng.width()).isEqualTo(TestClip.WIDTH);
        assertThat(fromPng.height()).isEqualTo(TestClip.HEIGHT);
        assertThat(fromPng.bytes()).isEqualTo(TestClip.frame(1).pixels());
    }

    @Test
    void saysWhichFileCannotBeUnpacked() throws IOException {
        Files.write(folder.resolve("damaged.jpg"), DAMAGED);

        assertThatThrownBy(() -> readAll(new PictureFormat(ImageEncoding.BGR8, null, 90)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged.jpg");
    }

    private List<Picture> readAll(PictureFormat format) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        try (PictureSource source = new PictureFiles(folder, format)) {
            for (Picture next = source.next(); next != null; next = source.next()) {
                pictures.add(next);
            }
        }
        return pictures;
    }
}
