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
package io.frameflow.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.image.ImageEncoding;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PictureFileTest {
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    private static final byte[] DAMAGED = {1, 2, 3};

    @Test
    void trustsTheContentMoreThanTheName() {
        assertThat(PictureFile.encoding(Path.of("a.png"), JPEG)).isEqualTo(ImageEncoding.JPEG);
        assertThat(PictureFile.encoding(Path.of("a"), PNG)).isEqualTo(ImageEncoding.PNG);
    }

    @Test
    void takesADamagedFileForWhatItsNameSays() {
        assertThat(PictureFile.encoding(Path.of("a.JPEG"), DAMAGED)).isEqualTo(ImageEncoding.JPEG);
        assertThat(PictureFile.encoding(Path.of("a.png"), new byte[0]))
                .isEqualTo(ImageEncoding.PNG);
    }

    @Test
    void knowsNoEncodingForOtherPictures() {
        assertThat(PictureFile.encoding(Path.of("a.bmp"), DAMAGED)).isNull();
        assertThat(PictureFile.encoding(Path.of("a"), DAMAGED)).isNull();
    }
}
