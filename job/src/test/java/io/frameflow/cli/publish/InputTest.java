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

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputTest {
    private static final PictureFormat AS_IT_IS = new PictureFormat(null, null, 90);

    @ParameterizedTest
    @CsvSource({
        "rtsp://host/stream, LIVE",
        "http://host/a.jpg, LIVE",
        "/dev/video0, LIVE",
        "clip.mp4, VIDEO",
        "clip, VIDEO",
        "picture.JPG, PICTURES",
        "picture.webp, PICTURES"
    })
    void tellsByTheNameWhatASourceIs(String location, Input.Kind kind) {
        assertThat(Input.parse(location)).isEqualTo(new Input(kind, location));
    }

    @Test
    void takesAFolderForPictures(@TempDir Path folder) {
        assertThat(Input.parse(folder.toString()).kind()).isEqualTo(Input.Kind.PICTURES);
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThatThrownBy(() -> Input.parse("/no/such/clip.mp4").open(AS_IT_IS))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no file or folder /no/such/clip.mp4");
    }

    @Test
    void saysThatAFolderHasNoPictures(@TempDir Path folder) {
        assertThatThrownBy(() -> Input.parse(folder.toString()).open(AS_IT_IS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(".jpg");
    }
}
