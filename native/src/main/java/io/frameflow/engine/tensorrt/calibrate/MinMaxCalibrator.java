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
package io.frameflow.engine.tensorrt.calibrate;

import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.IInt8MinMaxCalibrator;
import org.bytedeco.tensorrt.nvinfer.InterfaceInfo;
import org.jspecify.annotations.Nullable;

/**
 * TensorRT's calibrator of that name. All seven methods are overridden: each that is not would call
 * itself through the native side without end.
 */
@SuppressWarnings("deprecation") // TensorRT 11 has explicit quantisation only; 10 has both.
final class MinMaxCalibrator extends IInt8MinMaxCalibrator {
    /** TensorRT's name of the interface. */
    static final String KIND = "IInt8MinMaxCalibrator";

    private final CalibrationSession session;

    MinMaxCalibrator(CalibrationSession session) {
        this.session = session;
    }

    @Override
    public nvinfer.CalibrationAlgoType getAlgorithm() {
        return nvinfer.CalibrationAlgoType.kMINMAX_CALIBRATION;
    }

    @Override
    public InterfaceInfo getInterfaceInfo() {
        return session.info();
    }

    @Override
    public nvinfer.APILanguage getAPILanguage() {
        return nvinfer.APILanguage.kCPP;
    }

    @Override
    public int getBatchSize() {
        return session.batchSize();
    }

    @Override
    @SuppressWarnings("rawtypes") // As in the class that JavaCPP generates.
    public boolean getBatch(PointerPointer bindings, PointerPointer names, int count) {
        return session.next(bindings);
    }

    @Override
    public @Nullable Pointer readCalibrationCache(LongPointer length) {
        return session.read(length);
    }

    @Override
    public void writeCalibrationCache(Pointer cache, long length) {
        session.write(cache, length);
    }
}
