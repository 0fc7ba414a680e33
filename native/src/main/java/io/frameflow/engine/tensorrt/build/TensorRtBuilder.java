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
import io.frameflow.engine.tensorrt.TensorRtLogger;
import io.frameflow.engine.tensorrt.TensorRtObject;
import io.frameflow.engine.tensorrt.calibrate.Calibrator;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.ModelFile;
import java.util.Optional;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.jspecify.annotations.Nullable;

/**
 * TensorRT's builder on the card that is current when it is first needed: to make one takes some
 * ten seconds, for which nobody should wait who is only told that the settings are wrong. It serves
 * one build after the other, and must be open until its networks are closed.
 */
final class TensorRtBuilder implements AutoCloseable {
    private static final String BUILDER_LIBRARY = "builder_resource";

    private @Nullable TensorRtObject<IBuilder> builder;

    /**
     * Parses a model's network.
     *
     * @param typed whether all its numbers are of the types that the file says, as they must be
     *     where the file says itself what is quantised
     */
    ParsedNetwork parse(ModelFile model, FileBytes onnx, boolean typed) {
        ParsedNetwork parsed =
                ParsedNetwork.parse(handle(), model.onnx(), onnx, model.input(), typed);
        MergedOutputs.separate(parsed.handle(), model);
        return parsed;
    }

    /**
     * How to build.
     *
     * @param network what is built
     * @param calibrator finds or knows the scales of tensors; it must be open until the build ends
     */
    @SuppressWarnings("deprecation") // TensorRT 11 has explicit quantisation only; 10 has both.
    TensorRtObject<IBuilderConfig> configure(
            ParsedNetwork network, BuildOptions options, Optional<Calibrator> calibrator) {
        TensorRtObject<IBuilderConfig> owned =
                TensorRtObject.own(
                        "createBuilderConfig", handle().createBuilderConfig(), IBuilderConfig::new);
        IBuilderConfig config = owned.get();
        config.setBuilderOptimizationLevel(options.optimizationLevel());
        if (options.workspaceBytes() > 0) {
            config.setMemoryPoolLimit(nvinfer.MemoryPoolType.kWORKSPACE, options.workspaceBytes());
        }
        if (options.precision() == Precision.FP32) {
            // On by default, and rounds factors to 10 bits.
            config.clearFlag(nvinfer.BuilderFlag.kTF32);
        } else if (!network.typed()) {
            // A typed network has its types from the file, and a flag for others is an error.
            config.setFlag(nvinfer.BuilderFlag.kFP16);
        }
        calibrator.ifPresent(
                scales -> {
                    config.setFlag(nvinfer.BuilderFlag.kINT8);
                    config.setFlag(
                            network.half().mustBeObeyed()
                                    ? nvinfer.BuilderFlag.kOBEY_PRECISION_CONSTRAINTS
                                    : nvinfer.BuilderFlag.kPREFER_PRECISION_CONSTRAINTS);
                    config.setInt8Calibrator(scales.handle());
                });
        return owned;
    }

    /** The builder for calls of JavaCPP; borrowed, valid until this is closed. */
    IBuilder handle() {
        if (builder == null) {
            builder =
                    TensorRtObject.own(
                            "createInferBuilder",
                            nvinfer.createInferBuilder(TensorRtLogger.INSTANCE),
                            IBuilder::new);
        }
        return builder.get();
    }

    /**
     * Builds.
     *
     * @throws FrameflowException with {@link FailureCode#ENGINE_UNAVAILABLE} without TensorRT's
     *     builder resources, {@link FailureCode#ENGINE_FAILED} if TensorRT fails
     */
    TensorRtObject<IHostMemory> build(ParsedNetwork network, IBuilderConfig config) {
        TensorRtLogger.INSTANCE.forgetErrors();
        IHostMemory plan = handle().buildSerializedNetwork(network.handle(), config);
        if (plan == null || plan.isNull()) {
            String reason = TensorRtLogger.INSTANCE.takeLastError();
            throw new FrameflowException(
                    reason.contains(BUILDER_LIBRARY)
                            ? FailureCode.ENGINE_UNAVAILABLE
                            : FailureCode.ENGINE_FAILED,
                    "TensorRT cannot build the network: " + reason + remedy(reason, network));
        }
        return TensorRtObject.own("buildSerializedNetwork", plan, IHostMemory::new);
    }

    private static String remedy(String reason, ParsedNetwork network) {
        if (reason.contains(BUILDER_LIBRARY)) {
            return "; put libnvinfer_builder_resource on the library path (docs/engines.md)";
        }
        if (reason.contains("violate shape constraints")) {
            return "; its input takes batches of any size, but a layer does not: export it with an"
                    + " open batch dimension throughout, or build it for the batch that it was"
                    + " exported with, such as --batch-max 1";
        }
        return network.half().remedy(reason);
    }

    @Override
    public void close() {
        if (builder != null) {
            builder.close();
        }
    }
}
