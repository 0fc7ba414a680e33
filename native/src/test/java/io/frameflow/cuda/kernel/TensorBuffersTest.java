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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.engine.ElementType;
import io.frameflow.engine.TensorInfo;
import io.frameflow.result.RawTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@GpuTest
class TensorBuffersTest {
    private static final TensorInfo FLOATS =
            new TensorInfo("floats", ElementType.FLOAT32, List.of(TensorInfo.DYNAMIC, 2, 3));
    private static final TensorInfo BYTES =
            new TensorInfo("bytes", ElementType.INT8, List.of(TensorInfo.DYNAMIC, 5));

    @BeforeEach
    void useTheFirstCard() {
        CudaDevice.open(0);
    }

    @Test
    void handsOutputsOnAsTheyLieOnTheCard() {
        try (CudaStream stream = new CudaStream();
                PinnedBuffer host = new PinnedBuffer(2 * 24);
                DeviceBuffer floats = new DeviceBuffer(2 * 24);
                DeviceBuffer bytes = new DeviceBuffer(2 * 5);
                TensorBuffers buffers =
                        new TensorBuffers(
                                2,
                                List.of(BYTES, FLOATS),
                                Map.of("floats", floats, "bytes", bytes))) {
            for (int i = 0; i < 48; i++) {
                host.view().put(i, (byte) i);
            }
            floats.copyFrom(host, 48, stream);
            bytes.copyFrom(host, 10, stream);
            buffers.download(2, stream);
            stream.synchronize();

            List<RawTensor> second = buffers.read(1);

            assertThat(second).extracting(RawTensor::name).containsExactly("bytes", "floats");
            assertThat(second.get(0).data()).containsExactly(5, 6, 7, 8, 9);
            assertThat(second.get(0).type()).isEqualTo(RawTensor.DataType.INT8);
            assertThat(second.get(1).shape()).containsExactly(2, 3);
            assertThat(second.get(1).data()).startsWith(24, 25, 26).hasSize(24);
        }
    }

    @Test
    void refusesOutputsThatAreNotThereOrTooSmall() {
        try (DeviceBuffer small = new DeviceBuffer(24)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TensorBuffers(2, List.of(FLOATS), Map.of()));
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> new TensorBuffers(2, List.of(FLOATS), Map.of("floats", small)));
        }
    }
}
