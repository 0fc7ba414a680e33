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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import org.bytedeco.tensorrt.nvinfer.IInt8Calibrator;

/**
 * A calibrator for one build. TensorRT keeps its address: it must be open until the build is done.
 * The card must be current.
 */
@SuppressWarnings("deprecation") // TensorRT 11 has explicit quantisation only; 10 has both.
public final class Calibrator implements AutoCloseable {
    private final CalibrationAlgorithm algorithm;
    private final CalibrationSession session;
    private final IInt8Calibrator calibrator;

    private Calibrator(CalibrationAlgorithm algorithm, CalibrationSession session) {
        this.algorithm = algorithm;
        this.session = session;
        this.calibrator =
                switch (algorithm) {
                    case ENTROPY -> new EntropyCalibrator(session);
                    case MINMAX -> new MinMaxCalibrator(session);
                };
    }

    /**
     * A calibrator that looks at data.
     *
     * @param bytesPerImage size of the network's input
     */
    public static Calibrator ofData(
            CalibrationAlgorithm algorithm, CalibrationData data, long bytesPerImage) {
        long bytes = Math.multiplyExact(bytesPerImage, data.batchSize());
        return new Calibrator(algorithm, CalibrationSession.ofData(kind(algorithm), data, bytes));
    }

    /** A calibrator that knows the scales. */
    public static Calibrator ofCache(CalibrationCache cache) {
        return new Calibrator(
                cache.algorithm(), CalibrationSession.ofCache(kind(cache.algorithm()), cache));
    }

    private static String kind(CalibrationAlgorithm algorithm) {
        return switch (algorithm) {
            case ENTROPY -> EntropyCalibrator.KIND;
            case MINMAX -> MinMaxCalibrator.KIND;
        };
    }

    /** The calibrator for calls of JavaCPP; borrowed, valid until this is closed. */
    public IInt8Calibrator handle() {
        return calibrator;
    }

    /**
     * What was found, once a build is done.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_SETTINGS} if the data could not be
     *     read, or TensorRT found nothing in it
     */
    public CalibrationCache result() {
        throwFailure();
        byte[] written = session.written();
        if (written == null || session.batches() == 0) {
            throw new FrameflowException(
                    FailureCode.INVALID_SETTINGS,
                    "TensorRT calibrated nothing: are there enough pictures for one batch, and has"
                            + " the network no ranges of its own already?");
        }
        return CalibrationCache.of(written, algorithm);
    }

    /**
     * Does nothing unless the data could not be read.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_SETTINGS} and the reason
     */
    public void throwFailure() {
        Throwable failure = session.failure();
        if (failure != null) {
            throw new FrameflowException(
                    FailureCode.INVALID_SETTINGS,
                    "cannot calibrate: " + failure.getMessage(),
                    failure);
        }
    }

    @Override
    public void close() {
        calibrator.deallocate();
        session.close();
    }
}
