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
import io.frameflow.cuda.kernel.ClassMapBuffers;
import io.frameflow.cuda.kernel.ClassMapKernel;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.geometry.Letterbox;
import io.frameflow.model.InputSpec;
import io.frameflow.postprocess.segmentation.SegmentationOutput;
import io.frameflow.resource.Rollback;
import io.frameflow.result.Findings;
import java.util.Optional;

/**
 * Gives every pixel of each frame its class. The maps of the frames that there are cross the bus, a
 * byte a pixel; they become runs on the host.
 */
final class GpuSegmenter implements GpuPostprocessor {
    private final ClassMapBuffers maps;
    private final ClassMapKernel kernel;

    /** Takes memory for maps of the size of the model's input; larger frames make it grow. */
    GpuSegmenter(SegmentationOutput shape, InputSpec input, NetworkOnCard network) {
        try (Rollback rollback = new Rollback()) {
            maps =
                    rollback.add(
                            new ClassMapBuffers(
                                    network.mostPictures(), (long) input.width() * input.height()));
            kernel =
                    rollback.add(
                            new ClassMapKernel(
                                    network.device(),
                                    network.kernels(),
                                    network.frames(),
                                    network.mostPictures(),
                                    input,
                                    shape,
                                    network.type(0),
                                    network.output(0),
                                    maps));
            rollback.commit();
        }
    }

    @Override
    public void begin(int batch) {
        maps.clear();
    }

    @Override
    public void place(int place, Letterbox letterbox) {
        maps.prepare(place, letterbox.sourceWidth(), letterbox.sourceHeight());
    }

    @Override
    public void queuePreparation(CudaStream stream) {
        maps.upload(stream);
    }

    @Override
    public void queueWork(int batch, CudaStream stream) {
        kernel.launch(batch, stream);
    }

    @Override
    public void queueCopies(int frames, CudaStream stream) {
        maps.download(stream);
    }

    @Override
    public Findings addTo(Findings findings, int place, Letterbox letterbox) {
        if (!maps.isFinite(place)) {
            throw new FrameflowException(
                    FailureCode.NON_FINITE_OUTPUT,
                    "the network's output for the frame is not finite: a logit is infinite or"
                            + " none");
        }
        return new Findings(
                findings.detections(), Optional.of(maps.read(place)), findings.tensors());
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            everything.add(maps);
            everything.add(kernel);
        }
    }
}
