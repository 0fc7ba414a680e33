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

import io.frameflow.operators.envelope.OpenedFrame;
import io.frameflow.operators.metrics.MetricNames;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult.Examined;
import io.frameflow.pipeline.PreviewPictures;
import io.frameflow.schema.Preview;
import java.util.Optional;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Asks for the pictures of some frames before they are examined, and makes their records after.
 * Used by the thread of the task.
 */
public final class PreviewTap {
    private final PreviewSampler sampler;
    private final PreviewMaker maker;
    private final Counter previewsOut;
    private final Counter previewsTooLarge;

    /**
     * A tap.
     *
     * @param metrics group of the operator
     */
    public PreviewTap(PreviewSettings settings, MetricGroup metrics) {
        sampler = new PreviewSampler(settings.interval());
        maker = new PreviewMaker(settings.maxPictureBytes());
        previewsOut = metrics.counter(MetricNames.PREVIEWS_OUT);
        previewsTooLarge = metrics.counter(MetricNames.PREVIEWS_TOO_LARGE);
    }

    /** The frame as it is to be examined: asking for its pictures, where it is to be shown. */
    public EncodedFrame choose(EncodedFrame frame) {
        return sampler.choose(frame.cameraId(), frame.captureTimeMicros())
                ? frame.withSettings(frame.settings().withPreview())
                : frame;
    }

    /** The record of an examined frame; empty if it has no pictures, or too large ones. */
    public Optional<Preview> preview(OpenedFrame opened, Examined result) {
        PreviewPictures pictures = result.preview();
        if (pictures == null) {
            return Optional.empty();
        }
        Optional<Preview> preview = maker.preview(opened, result, pictures);
        (preview.isPresent() ? previewsOut : previewsTooLarge).inc();
        return preview;
    }
}
