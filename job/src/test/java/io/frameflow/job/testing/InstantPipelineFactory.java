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
package io.frameflow.job.testing;

import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.engine.HostEngine;
import io.frameflow.geometry.Scaling;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.DetectionThresholds;
import io.frameflow.model.Family;
import io.frameflow.model.HeadOptions;
import io.frameflow.model.InputSpec;
import io.frameflow.model.ModelFile;
import io.frameflow.model.Normalization;
import io.frameflow.model.OnnxRuntimeOptions;
import io.frameflow.model.Task;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.pipeline.SlotResources;
import io.frameflow.pipeline.cpu.CpuFramePipeline;
import io.frameflow.postprocess.yolo.YoloPostprocessors;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Opens the pipeline of the CPU as it is in production, decoding and all, with an engine that
 * returns at once.
 *
 * @param maxBatchSize most frames in a batch
 */
public record InstantPipelineFactory(int maxBatchSize) implements FramePipelineFactory {
    private static final int SIDE = 64;
    private static final int DECODING_THREADS = 2;

    @Override
    public FramePipeline open(SlotResources slot) {
        ModelFile model = model();
        HostEngine engine = new InstantEngine(model.input());
        return new CpuFramePipeline(
                model,
                engine,
                YoloPostprocessors.decoded(model, engine.signature()),
                () -> new CpuImageDecoder(DecodeLimits.DEFAULT),
                DECODING_THREADS,
                maxBatchSize);
    }

    private static ModelFile model() {
        return new ModelFile(
                "instant",
                Optional.of("1"),
                Task.DETECTION,
                Family.YOLOV8,
                Path.of("none.onnx"),
                new InputSpec(
                        SIDE, SIDE, ColorOrder.RGB, Normalization.UNIT, Scaling.CENTERED, 114),
                DetectionThresholds.DEFAULT,
                HeadOptions.DEFAULT,
                List.of("thing"),
                List.of(),
                List.of(),
                List.of(),
                OnnxRuntimeOptions.DEFAULT);
    }
}
