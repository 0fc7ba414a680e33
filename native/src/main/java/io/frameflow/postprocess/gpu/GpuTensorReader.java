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
import io.frameflow.cuda.kernel.TensorBuffers;
import io.frameflow.engine.TensorInfo;
import io.frameflow.geometry.Letterbox;
import io.frameflow.result.Findings;
import java.util.List;

/** Hands chosen outputs on as they lie on the card, for the frames that there are. */
final class GpuTensorReader implements GpuPostprocessor {
    private final TensorBuffers tensors;

    /** Takes memory on the host. */
    GpuTensorReader(List<TensorInfo> chosen, NetworkOnCard network) {
        tensors = new TensorBuffers(network.mostPictures(), chosen, network.outputsByName());
    }

    @Override
    public void begin(int batch) {}

    @Override
    public void place(int place, Letterbox letterbox) {}

    @Override
    public void queuePreparation(CudaStream stream) {}

    @Override
    public void queueWork(int batch, CudaStream stream) {}

    @Override
    public void queueCopies(int frames, CudaStream stream) {
        tensors.download(frames, stream);
    }

    @Override
    public Findings addTo(Findings findings, int place, Letterbox letterbox) {
        return findings.withTensors(tensors.read(place));
    }

    @Override
    public void close() {
        tensors.close();
    }
}
