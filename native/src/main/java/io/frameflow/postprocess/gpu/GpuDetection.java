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
import io.frameflow.cuda.kernel.CandidateKernel;
import io.frameflow.cuda.kernel.CandidateTarget;
import io.frameflow.cuda.kernel.DetectionBuffers;
import io.frameflow.cuda.kernel.FrameDescriptors;
import io.frameflow.cuda.kernel.ScoreThresholds;
import io.frameflow.cuda.kernel.SuppressKernel;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.resource.Rollback;

/**
 * From a network's outputs to detections, for batches of one size: decoding, suppression,
 * keypoints. A launch queues kernels only, so that it can be captured in a graph.
 */
public final class GpuDetection implements AutoCloseable {
    private final ScoreThresholds scores;
    private final CandidateKernel decode;
    private final DetectionBuffers detections;
    private final SuppressKernel suppress;

    /**
     * Prepares the kernels.
     *
     * @param head what decodes the outputs
     * @param network the outputs
     * @param candidates room for the candidates of a batch
     * @param batch pictures of each batch
     * @param thresholds which candidates become detections
     */
    public GpuDetection(
            GpuHead head,
            NetworkOnCard network,
            CandidateBuffers candidates,
            int batch,
            DetectionThresholds thresholds) {
        FrameDescriptors frames = network.frames();
        try (Rollback rollback = new Rollback()) {
            scores = rollback.add(new ScoreThresholds(frames, thresholds, head.classes()));
            CandidateTarget target =
                    new CandidateTarget(
                            network.device(), network.kernels(), scores, candidates, batch);
            decode = rollback.add(head.maker().make(network, target));
            detections =
                    rollback.add(
                            new DetectionBuffers(batch, mostObjects(thresholds), head.keypoints()));
            suppress =
                    rollback.add(
                            new SuppressKernel(
                                    network.device(),
                                    network.kernels(),
                                    frames,
                                    candidates,
                                    head.suppressing()
                                            ? thresholds.nmsIou()
                                            : SuppressKernel.NO_SUPPRESSION,
                                    thresholds.classAgnostic(),
                                    decode.keypoints().orElse(null),
                                    detections));
            rollback.commit();
        }
    }

    /** No more are chosen from than these, however many are allowed. */
    private static int mostObjects(DetectionThresholds thresholds) {
        return Math.min(thresholds.topk(), SuppressKernel.MAX_CANDIDATES);
    }

    /** Queues the kernels; the candidates must have been cleared. */
    public void launch(CudaStream stream) {
        decode.launch(stream);
        suppress.launch(stream);
    }

    /** The detections; they are there once the stream is done. */
    public DetectionBuffers detections() {
        return detections;
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            everything.add(scores);
            everything.add(decode);
            everything.add(detections);
            everything.add(suppress);
        }
    }
}
