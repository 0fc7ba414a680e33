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
package io.frameflow.cuda.kernel;

import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.engine.TensorInfo;
import io.frameflow.resource.Rollback;
import io.frameflow.result.RawTensor;
import io.frameflow.result.RawTensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The outputs of a network that go into results as they are: copied to the host as they lie on the
 * card, in the network's own type. {@link #read} is for when the stream is done. Not thread-safe.
 */
public final class TensorBuffers implements AutoCloseable {
    private final int batch;
    private final List<Copy> copies = new ArrayList<>();

    /** One output, where it lies and where it is copied to. */
    private record Copy(TensorInfo tensor, DeviceBuffer source, PinnedBuffer host) {
        int bytesPerImage() {
            return Math.multiplyExact(tensor.elementsPerImage(), tensor.type().bytes());
        }
    }

    /**
     * Takes memory on the host.
     *
     * @param batch pictures
     * @param chosen the outputs, in the order of the results
     * @param tensors memory of the network's outputs on the card, by name; stays the caller's
     */
    public TensorBuffers(int batch, List<TensorInfo> chosen, Map<String, DeviceBuffer> tensors) {
        this.batch = batch;
        try (Rollback rollback = new Rollback()) {
            for (TensorInfo tensor : chosen) {
                long bytes = (long) batch * tensor.elementsPerImage() * tensor.type().bytes();
                DeviceBuffer source = tensors.get(tensor.name());
                if (source == null || source.bytes() < bytes) {
                    throw new IllegalArgumentException(
                            "%s for %d pictures needs %d bytes on the card"
                                    .formatted(tensor, batch, bytes));
                }
                copies.add(new Copy(tensor, source, rollback.add(new PinnedBuffer(bytes))));
            }
            rollback.commit();
        }
    }

    /** Queues the copies of the first {@code pictures} to the host. */
    public void download(int pictures, CudaStream stream) {
        for (Copy copy : copies) {
            long bytes = (long) pictures * copy.bytesPerImage();
            copy.source().copyTo(copy.host(), bytes, stream);
        }
    }

    /** The outputs for one picture, once the copies are done. */
    public List<RawTensor> read(int picture) {
        if (picture < 0 || picture >= batch) {
            throw new IndexOutOfBoundsException("picture " + picture + " of " + batch);
        }
        List<RawTensor> tensors = new ArrayList<>(copies.size());
        for (Copy copy : copies) {
            TensorInfo tensor = copy.tensor();
            byte[] data = new byte[copy.bytesPerImage()];
            // Every machine with such a card is little-endian, as the results are.
            copy.host().view().get(picture * data.length, data);
            tensors.add(
                    new RawTensor(
                            tensor.name(),
                            DataType.valueOf(tensor.type().name()),
                            tensor.shape().subList(1, tensor.rank()),
                            data));
        }
        return tensors;
    }

    @Override
    public void close() {
        try (Rollback everything = new Rollback()) {
            copies.forEach(copy -> everything.add(copy.host()));
        }
    }
}
