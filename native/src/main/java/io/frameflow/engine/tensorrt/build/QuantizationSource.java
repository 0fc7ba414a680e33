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
package io.frameflow.engine.tensorrt.build;

import io.frameflow.engine.Precision;
import io.frameflow.engine.tensorrt.FileBytes;
import io.frameflow.engine.tensorrt.TensorRtLibrary;
import io.frameflow.engine.tensorrt.calibrate.CalibrationCache;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.util.Optional;

/**
 * Where the scales of a plan's bytes come from.
 *
 * @param explicit whether the network says it itself, by operators that quantise
 * @param scales what calibration found; absent where the network says it, or nothing uses bytes
 */
record QuantizationSource(boolean explicit, Optional<CalibrationCache> scales) {

    /**
     * Finds it out.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_SETTINGS} if the request has too
     *     little or too much for the network
     */
    static QuantizationSource of(BuildRequest request, FileBytes onnx) {
        boolean explicit = OnnxOperators.quantize(onnx.pointer().asByteBuffer());
        check(request, explicit);
        return new QuantizationSource(
                explicit,
                request.calibrationCache()
                        .map(
                                file ->
                                        CalibrationCache.read(
                                                file,
                                                TensorRtLibrary.versionNumber(),
                                                onnx.sha256(),
                                                request.model().input())));
    }

    /** Whether what is asked for fits the network. */
    static void check(BuildRequest request, boolean explicit) {
        boolean bytes = request.options().precision() == Precision.INT8;
        boolean calibrated = request.calibrationCache().isPresent();
        if (explicit) {
            if (!bytes) {
                throw invalid(
                        request.model().onnx()
                                + " is quantised, by the operators QuantizeLinear and"
                                + " DequantizeLinear: build it with --precision int8");
            }
            if (calibrated || !request.options().fp16Layers().isEmpty()) {
                throw invalid(
                        request.model().onnx()
                                + " says itself which layers are quantised and how, by the"
                                + " operators QuantizeLinear and DequantizeLinear: leave"
                                + " --calibration-cache and --fp16-layers out");
            }
        } else if (bytes != calibrated) {
            throw invalid(
                    bytes
                            ? "int8 needs a calibration cache: make one with './frameflow"
                                    + " calibrate', and name it with --calibration-cache"
                            : "a calibration cache is for --precision int8 only");
        }
    }

    private static FrameflowException invalid(String message) {
        return new FrameflowException(FailureCode.INVALID_SETTINGS, message);
    }
}
