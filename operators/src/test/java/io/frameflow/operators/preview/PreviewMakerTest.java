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
package io.frameflow.operators.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.image.ImageEncoding;
import io.frameflow.operators.envelope.FrameMessage;
import io.frameflow.operators.envelope.OpenedFrame;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult.Examined;
import io.frameflow.pipeline.PreviewPictures;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.result.Detections;
import io.frameflow.schema.Preview;
import io.frameflow.schema.PreviewEncoding;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PreviewMakerTest {
    private static final Examined RESULT =
            new Examined(
                    1920,
                    1080,
                    Detections.of(new float[0], new float[0], new int[0]),
                    new StageTimes(0, 0, 0, 0, 0));

    private final PreviewMaker maker = new PreviewMaker(100);

    @Test
    void namesTheFrameAndItsSize() {
        Preview preview =
                maker.preview(jpeg(10), RESULT, new PreviewPictures(null, bytes(20))).orElseThrow();

        assertThat(preview.getCameraId()).isEqualTo("gate");
        assertThat(preview.getSession()).isEqualTo("s");
        assertThat(preview.getSequence()).isEqualTo(7);
        assertThat(preview.getCaptureTimeUs()).isEqualTo(99);
        assertThat(preview.getWidth()).isEqualTo(1920);
        assertThat(preview.getHeight()).isEqualTo(1080);
        assertThat(preview.getEncoding()).isEqualTo(PreviewEncoding.JPEG);
        assertThat(preview.getSource()).isEqualTo(bytes(10));
        assertThat(preview.getExamined()).isEqualTo(bytes(20));
    }

    @Test
    void framesThatAreNoJpegsAreShownAsTheyWereEncoded() {
        Preview preview =
                maker.preview(
                                frame(ImageEncoding.NV12, 90),
                                RESULT,
                                new PreviewPictures(bytes(30), null))
                        .orElseThrow();

        assertThat(preview.getSource()).isEqualTo(bytes(30));
        assertThat(preview.getExamined()).isNull();
    }

    @Test
    void rawPixelsAreNeverTakenForAPicture() {
        assertThat(
                        maker.preview(
                                frame(ImageEncoding.NV12, 90),
                                RESULT,
                                new PreviewPictures(null, null)))
                .isEmpty();
    }

    @Test
    void whatDoesNotFitIsLeftOutTheSourceFirst() {
        Preview examinedAlone =
                maker.preview(jpeg(41), RESULT, new PreviewPictures(null, bytes(60))).orElseThrow();
        Preview sourceAlone =
                maker.preview(jpeg(100), RESULT, new PreviewPictures(null, bytes(101)))
                        .orElseThrow();

        assertThat(examinedAlone.getSource()).isNull();
        assertThat(examinedAlone.getExamined()).isNotNull();
        assertThat(sourceAlone.getSource()).isNotNull();
        assertThat(sourceAlone.getExamined()).isNull();
        assertThat(maker.preview(jpeg(101), RESULT, new PreviewPictures(null, bytes(101))))
                .isEmpty();
    }

    private static OpenedFrame jpeg(int size) {
        return frame(ImageEncoding.JPEG, size);
    }

    private static OpenedFrame frame(ImageEncoding encoding, int size) {
        return new OpenedFrame(
                new FrameMessage("frames", 0, 0, 0, null, null),
                "s",
                new EncodedFrame("gate", 7, 99, encoding, 1920, 1080, bytes(size)));
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size);
    }
}
