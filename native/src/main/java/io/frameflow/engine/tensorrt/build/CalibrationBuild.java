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

import io.frameflow.cuda.CudaDevice;
import io.frameflow.engine.Precision;
import io.frameflow.engine.tensorrt.BatchProfile;
import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.engine.tensorrt.FileBytes;
import io.frameflow.engine.tensorrt.PlanKey;
import io.frameflow.engine.tensorrt.TensorRtLibrary;
import io.frameflow.engine.tensorrt.TensorRtObject;
import io.frameflow.engine.tensorrt.calibrate.CalibrationAlgorithm;
import io.frameflow.engine.tensorrt.calibrate.CalibrationCache;
import io.frameflow.engine.tensorrt.calibrate.CalibrationData;
import io.frameflow.engine.tensorrt.calibrate.Calibrator;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.InputSpec;
import io.frameflow.model.ModelFile;
import io.frameflow.resource.Rollback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;

/**
 * Finds the scales of a network's tensors: builds it with bytes and data, as quickly as possible,
 * and keeps nothing of it but the scales, and how long kernels took.
 */
public final class CalibrationBuild {
    private static final BuildOptions QUICKLY =
            new BuildOptions(Precision.INT8, Optional.empty(), 0, 0, List.of(), false);

    private final ModelFile model;
    private final Path timingCache;
    private final BuildProgress progress;

    private CalibrationBuild(ModelFile model, Path timingCache, BuildProgress progress) {
        this.model = model;
        this.timingCache = timingCache;
        this.progress = progress;
    }

    /**
     * Finds the scales.
     *
     * @param gpu number of the card
     * @param timingCache file with the times of kernels; absent for the one of the user's engine
     *     cache
     * @param batch images a batch; where the network has fixed another number, that one
     * @param data makes the data for batches of a size
     * @throws FrameflowException as {@link EngineBuild#run} says, and with {@link
     *     FailureCode#INVALID_SETTINGS} if the data cannot be read or is not enough
     */
    public static CalibrationCache run(
            ModelFile model,
            int gpu,
            Optional<Path> timingCache,
            CalibrationAlgorithm algorithm,
            int batch,
            IntFunction<CalibrationData> data,
            BuildProgress progress) {
        try (TensorRtBuilder builder = new TensorRtBuilder()) {
            return run(model, gpu, timingCache, algorithm, batch, data, progress, builder);
        }
    }

    /** Finds the scales with a builder that may have built before on the same card. */
    static CalibrationCache run(
            ModelFile model,
            int gpu,
            Optional<Path> timingCache,
            CalibrationAlgorithm algorithm,
            int batch,
            IntFunction<CalibrationData> data,
            BuildProgress progress,
            TensorRtBuilder builder) {
        CudaDevice device = CudaDevice.open(gpu);
        TensorRtLibrary.load();
        Path timings =
                timingCache.orElseGet(
                        () ->
                                EngineCache.ofUser()
                                        .timingCache(
                                                TensorRtLibrary.version(),
                                                device.name(),
                                                PlanKey.computeCapability(device)));
        return new CalibrationBuild(model, timings, progress).run(builder, algorithm, batch, data);
    }

    private CalibrationCache run(
            TensorRtBuilder builder,
            CalibrationAlgorithm algorithm,
            int batch,
            IntFunction<CalibrationData> dataOf) {
        InputSpec input = model.input();
        long bytesPerImage = 3L * input.width() * input.height() * Float.BYTES;
        try (Rollback closing = new Rollback();
                FileBytes onnx = FileBytes.read(model.onnx())) {
            refuseQuantized(onnx);
            ParsedNetwork parsed = closing.add(builder.parse(model, onnx, false));
            BatchProfile profile = parsed.batchOr(new BatchProfile(batch, batch, batch));
            CalibrationData data = dataOf.apply(profile.most());
            Calibrator calibrator = closing.add(Calibrator.ofData(algorithm, data, bytesPerImage));
            IBuilderConfig config =
                    closing.add(builder.configure(parsed, QUICKLY, Optional.of(calibrator))).get();
            TimingCache timing = closing.add(TimingCache.use(timingCache, config));
            parsed.addProfile(builder.handle(), config, profile);
            closing.add(new BuilderMessages(progress));
            progress.step("calibrating");
            try (TensorRtObject<IHostMemory> plan = builder.build(parsed, config)) {
                timing.save();
                return calibrator.result();
            } catch (FrameflowException e) {
                // What went wrong with the data is the reason of TensorRT's failure.
                calibrator.throwFailure();
                throw e;
            }
        } catch (IOException e) {
            throw EngineBuild.unreadable(model.onnx(), e);
        }
    }

    private void refuseQuantized(FileBytes onnx) {
        if (OnnxOperators.quantize(onnx.pointer().asByteBuffer())) {
            throw new FrameflowException(
                    FailureCode.INVALID_SETTINGS,
                    model.onnx()
                            + " says itself how it is quantised, by the operators QuantizeLinear and"
                            + " DequantizeLinear: it needs no calibration, build it with"
                            + " './frameflow engine build --precision int8'");
        }
    }
}
