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
package io.frameflow.pipeline.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.cuda.kernel.PictureLayout;
import io.frameflow.decode.gpu.GpuPicture;
import io.frameflow.encode.gpu.PictureEncoder;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.pipeline.PreviewPictures;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which pictures are made of which frames, and what follows if one cannot be made. No card. */
class PipelinePreviewsTest {
    private static final GpuPicture DECODED =
            new GpuPicture(64, 48, PictureLayout.NV12, 0x1000, 64);
    private static final GpuPicture CLEAN = new GpuPicture(64, 48, PictureLayout.RGB8, 0x9000, 192);

    private final FakeEncoder encoder = new FakeEncoder();
    private int opened;
    private @Nullable FrameflowException failureToOpen;
    private final PipelinePreviews previews =
            new PipelinePreviews(
                    () -> {
                        opened++;
                        if (failureToOpen != null) {
                            throw failureToOpen;
                        }
                        return encoder;
                    });

    @AfterEach
    void closes() {
        previews.close();
        assertThat(encoder.closed).isEqualTo(opened > 0 && failureToOpen == null);
    }

    @ParameterizedTest
    @EnumSource(ImageEncoding.class)
    void framesThatAreNotToBeShownCostNothing(ImageEncoding encoding) {
        assertThat(previews.of(frame(encoding, false, CLEAN))).isNull();

        assertThat(opened).isZero();
    }

    @Test
    void aJpegIsShownAsItCameWithoutAnEncoder() {
        assertThat(previews.of(frame(ImageEncoding.JPEG, true, DECODED)))
                .isEqualTo(new PreviewPictures(null, null));

        assertThat(opened).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = ImageEncoding.class, mode = EnumSource.Mode.EXCLUDE, names = "JPEG")
    void otherFramesAreShownAsJpegs(ImageEncoding encoding) {
        assertThat(previews.of(frame(encoding, true, DECODED)))
                .isEqualTo(new PreviewPictures(fileOf(DECODED), null));
        assertThat(encoder.pictures).containsExactly(DECODED);
    }

    @Test
    void whereNoiseIsReducedBothAreThere() {
        assertThat(previews.of(frame(ImageEncoding.NV12, true, CLEAN)))
                .isEqualTo(new PreviewPictures(fileOf(DECODED), fileOf(CLEAN)));
        assertThat(previews.of(frame(ImageEncoding.JPEG, true, CLEAN)))
                .isEqualTo(new PreviewPictures(null, fileOf(CLEAN)));
        assertThat(opened).isOne();
    }

    @Test
    void aPictureThatCannotBeMadeIsLeftOutAndTheNextOneMade() {
        encoder.failures.add(failure(FailureCode.ENGINE_FAILED));
        assertThat(previews.of(frame(ImageEncoding.NV12, true, DECODED))).isNull();
        encoder.failures.add(failure(FailureCode.OUT_OF_MEMORY));
        assertThat(previews.of(frame(ImageEncoding.NV12, true, CLEAN)))
                .isEqualTo(new PreviewPictures(null, fileOf(CLEAN)));
        encoder.failures.add(failure(FailureCode.ENGINE_FAILED));
        assertThat(previews.of(frame(ImageEncoding.JPEG, true, CLEAN)))
                .isEqualTo(new PreviewPictures(null, null));

        assertThat(previews.of(frame(ImageEncoding.NV12, true, CLEAN)))
                .isEqualTo(new PreviewPictures(fileOf(DECODED), fileOf(CLEAN)));
        assertThat(opened).isOne();
    }

    @Test
    void anEncoderThatCannotBeMadeIsNotTriedAgain() {
        failureToOpen = failure(FailureCode.ENGINE_UNAVAILABLE);

        for (int i = 0; i < 3; i++) {
            assertThat(previews.of(frame(ImageEncoding.NV12, true, CLEAN))).isNull();
        }

        assertThat(opened).isOne();
        assertThat(previews.of(frame(ImageEncoding.JPEG, true, CLEAN)))
                .isEqualTo(new PreviewPictures(null, null));
    }

    @Test
    void aLostCardIsNotHushedUp() {
        FrameflowException lost = failure(FailureCode.DEVICE_LOST);
        encoder.failures.add(lost);

        assertThatThrownBy(() -> previews.of(frame(ImageEncoding.NV12, true, DECODED)))
                .isSameAs(lost);
    }

    @Test
    void neitherIsAnErrorOfTheProgram() {
        encoder.bug = new IllegalStateException("a bug");

        assertThatThrownBy(() -> previews.of(frame(ImageEncoding.NV12, true, DECODED)))
                .isSameAs(encoder.bug);
    }

    /** A frame that was decoded, and given to the network so. */
    private static LaneFrame frame(ImageEncoding encoding, boolean preview, GpuPicture given) {
        LaneFrame frame =
                new LaneFrame(
                        new EncodedFrame(
                                "camera",
                                1,
                                0,
                                encoding,
                                64,
                                48,
                                ByteBuffer.allocate(1),
                                new FrameSettings(null, null, null, preview)));
        frame.decoded(DECODED);
        frame.placed(given, Letterbox.of(Scaling.CENTERED, 64, 48, 64, 48));
        return frame;
    }

    private static FrameflowException failure(FailureCode code) {
        return new FrameflowException(code, "for the test");
    }

    private static ByteBuffer fileOf(GpuPicture picture) {
        return ByteBuffer.allocate(Long.BYTES).putLong(picture.address()).flip();
    }

    /** Hands out a file that tells which picture it is of. */
    private static final class FakeEncoder implements PictureEncoder {
        private final List<GpuPicture> pictures = new ArrayList<>();
        private final List<FrameflowException> failures = new ArrayList<>();
        private @Nullable RuntimeException bug;
        private boolean closed;

        @Override
        public ByteBuffer encode(GpuPicture picture) {
            pictures.add(picture);
            if (bug != null) {
                throw bug;
            }
            if (!failures.isEmpty()) {
                throw failures.remove(0);
            }
            return fileOf(picture);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
