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
package io.frameflow.pipeline.cpu;

import io.frameflow.geometry.Letterbox;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.PreviewPictures;
import org.jspecify.annotations.Nullable;

/** What became of one frame before the engine. */
sealed interface PreparedFrame {

    /** Time that decoding took, in nanoseconds. */
    long decodeNanos();

    /**
     * The frame lies in the engine's input.
     *
     * @param letterbox where in the input
     * @param denoiseNanos time that noise reduction took, 0 where off
     * @param preprocessNanos time that it took to place it there
     * @param denoisedFrames frames that it rests on, 0 where noise was not reduced
     * @param preview its pictures, where its settings ask for them
     */
    record Placed(
            Letterbox letterbox,
            long decodeNanos,
            long denoiseNanos,
            long preprocessNanos,
            int denoisedFrames,
            @Nullable PreviewPictures preview)
            implements PreparedFrame {}

    /** The frame is bad, and its place in the input is left as it was. */
    record Bad(FrameResult.Rejected result, long decodeNanos) implements PreparedFrame {}
}
