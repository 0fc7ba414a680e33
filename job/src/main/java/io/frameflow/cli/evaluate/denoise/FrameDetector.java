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
package io.frameflow.cli.evaluate.denoise;

import io.frameflow.cli.video.VideoFrame;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.result.Detections;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Shows single pictures to a pipeline, which must not reduce noise itself. */
final class FrameDetector {
    private final FramePipeline pipeline;

    FrameDetector(FramePipeline pipeline) {
        this.pipeline = pipeline;
    }

    Detections detect(VideoFrame frame) throws IOException {
        EncodedFrame encoded =
                new EncodedFrame(
                        "clip",
                        0,
                        0,
                        frame.layout(),
                        frame.width(),
                        frame.height(),
                        ByteBuffer.wrap(frame.pixels()));
        try {
            FrameResult result = pipeline.submit(List.of(encoded)).get().get(0);
            if (result instanceof FrameResult.Examined examined) {
                return examined.detections();
            }
            throw new IOException("a picture of the clip cannot be examined: " + result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while examining a picture");
        } catch (ExecutionException e) {
            throw new IOException("the pipeline failed: " + e.getCause(), e);
        }
    }
}
