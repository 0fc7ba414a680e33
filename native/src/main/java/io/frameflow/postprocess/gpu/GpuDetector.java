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
package io.frameflow.postprocess.gpu;

import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.kernel.CandidateBuffers;
import io.frameflow.cuda.kernel.DetectionBuffers;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Letterbox;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.resource.Rollback;
import io.frameflow.result.Findings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds objects: the kernels of {@link GpuDetection} for each size of batch. */
final class GpuDetector implements GpuPostprocessor {
    private final DetectionThresholds thresholds;
    private final CandidateBuffers candidates;
    private final Map<Integer, GpuDetection> bySize = new HashMap<>();
    private @Nullable GpuDetection current;

    /**
     * Takes the memory.
     *
     * @param sizes sizes of batches
     */
    GpuDetector(
            GpuHead head,
            DetectionThresholds thresholds,
            NetworkOnCard network,
            List<Integer> sizes) {
        this.thresholds = thresholds;
        try (Rollback rollback = new Rollback()) {
            candidates = rollback.add(new CandidateBuffers(network.mostPictures(), head.anchors()));
            for (int size : sizes) {
                bySize.put(
                        size,
                        rollback.add(
                                new GpuDetection(head, network, candidates, size, thresholds)));
            }
            rollback.commit();
        }
    }

    private GpuDetection ofSize(int batch) {
        return Objects.requireNonNull(bySize.get(batch), "no batches of that size");
    }

    @Override
    public void begin(int batch) {
        current = ofSize(batch);
    }

    @Override
    public void place(int place, Letterbox letterbox) {}

    @Override
    public void queuePreparation(CudaStream stream) {
        candidates.clear(stream);
    }

    @Override
    public void queueWork(int batch, CudaStream stream) {
        ofSize(batch).launch(stream);
    }

    @Override
    public void queueCopies(int frames, CudaStream stream) {}

    @Override
    public Findings addTo(Findings findings, int place, Letterbox letterbox) {
        DetectionBuffers detections = Objects.requireNonNull(current, "no batch").detections();
        if (!detections.isFinite(place)) {
            throw new FrameflowException(
                    FailureCode.NON_FINITE_OUTPUT,
                    "the network's output for the frame is not finite");
        }
        return new Findings(
                detections.read(place, thresholds.classRules(), letterbox.sourceHeight()),
                findings.classMap(),
                findings.tensors());
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            everything.add(candidates);
            bySize.values().forEach(everything::add);
        }
    }
}
