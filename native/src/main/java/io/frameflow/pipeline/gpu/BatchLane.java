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

import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import java.util.List;

/**
 * What takes one batch at a time from its bytes to its results. The steps of a batch come one after
 * the other, each by any thread that has seen all that the step before did.
 */
interface BatchLane {
    /**
     * Takes a batch over, whose frames are not needed any more afterwards. Other lanes may be in
     * any step meanwhile.
     */
    void stage(List<EncodedFrame> batch);

    /**
     * Hands the staged pictures to the decoder, which blocks the thread for most of the time that
     * it takes. Other lanes may be in any step meanwhile, also in this one, and nothing is said
     * about which of two batches is decoded first.
     *
     * @param alone whether no other lane had a batch when this one was submitted, so that nothing
     *     is gained by overlapping
     */
    void decode(boolean alone);

    /**
     * Queues the rest of the work. One lane at a time does so, and lanes do it in the order in
     * which their batches were submitted: what belongs to all lanes depends on that.
     */
    void launch();

    /** Waits for what was launched and reads the results. One lane at a time, in order. */
    List<FrameResult> finish();

    /**
     * Waits for what a batch that failed in any step, or before the first, has left behind, so that
     * the next one can be staged. One lane at a time; in the place of {@link #finish}.
     */
    void abandon();
}
