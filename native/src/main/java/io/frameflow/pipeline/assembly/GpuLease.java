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
package io.frameflow.pipeline.assembly;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.SlotResources;
import io.frameflow.resource.NativeResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A pipeline's share of a card. Flink tells every slot of a process about all of its cards, and
 * subtasks are not numbered within a process: so pipelines share them out here, each taking the
 * card that fewest others have. Several may have the same one.
 *
 * <p>The counts are the process's own, over all jobs in it: this class must be loaded once, from
 * Flink's {@code lib} folder. For any thread.
 */
final class GpuLease extends NativeResource {
    private static final Map<Integer, Integer> PIPELINES = new HashMap<>();

    private final int gpu;

    private GpuLease(int gpu) {
        super("lease of GPU " + gpu, 0);
        this.gpu = gpu;
    }

    /**
     * Takes a share of the card that fewest pipelines have, of equals the one with the lowest
     * number.
     *
     * @param slot the cards that may be used
     * @param visibleGpus cards that the process sees: those that may be used where {@code slot}
     *     does not say
     * @throws FrameflowException with {@link FailureCode#ENGINE_UNAVAILABLE} if there is none
     */
    static GpuLease take(SlotResources slot, int visibleGpus) {
        List<Integer> candidates =
                slot.gpus().orElseGet(() -> IntStream.range(0, visibleGpus).boxed().toList());
        synchronized (PIPELINES) {
            int best =
                    candidates.stream()
                            .min(
                                    (a, b) ->
                                            Integer.compare(
                                                    PIPELINES.getOrDefault(a, 0),
                                                    PIPELINES.getOrDefault(b, 0)))
                            .orElseThrow(() -> noGpu(slot));
            PIPELINES.merge(best, 1, Integer::sum);
            GpuLease lease = new GpuLease(best);
            lease.opened();
            return lease;
        }
    }

    private static FrameflowException noGpu(SlotResources slot) {
        return new FrameflowException(
                FailureCode.ENGINE_UNAVAILABLE,
                slot.gpus().isPresent()
                        ? "Flink is configured to have GPUs here and found none: look for 'gpu' in"
                                + " the TaskManager's log, run the discovery script by hand, or"
                                + " choose the engine onnxruntime"
                        : "this process sees no GPU: install the driver, give the container a"
                                + " card, or choose the engine onnxruntime");
    }

    /** Number of the card, as CUDA counts. */
    int gpu() {
        return gpu;
    }

    /** The same pipeline, which gives the lease back when it is closed. */
    FramePipeline heldBy(FramePipeline pipeline) {
        return new LeasedPipeline(pipeline, this);
    }

    @Override
    protected void free() {
        synchronized (PIPELINES) {
            PIPELINES.computeIfPresent(gpu, (key, count) -> count == 1 ? null : count - 1);
        }
    }
}
