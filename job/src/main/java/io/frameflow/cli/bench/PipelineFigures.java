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
package io.frameflow.cli.bench;

import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.DenoiseStage;
import io.frameflow.engine.tensorrt.GpuMachine;
import io.frameflow.engine.tensorrt.bench.BenchmarkOptions;
import io.frameflow.engine.tensorrt.bench.BenchmarkReport;
import io.frameflow.engine.tensorrt.bench.EngineBenchmark;
import io.frameflow.engine.tensorrt.bench.TimeSummary;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.SlotResources;
import io.frameflow.pipeline.StageTimes;
import io.frameflow.pipeline.assembly.LocatedPlan;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import io.frameflow.pipeline.assembly.PipelineSettings;
import io.frameflow.pipeline.assembly.PlanFinder;
import io.frameflow.pipeline.bench.DecoderBenchmark;
import io.frameflow.pipeline.bench.FrameBatches;
import io.frameflow.pipeline.bench.MeasuringTime;
import io.frameflow.pipeline.bench.PipelineBenchmark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of a pipeline and of what limits it, by name. */
public final class PipelineFigures {
    private static final String TENSORRT = "tensorrt";

    /** Room for the histories of all cameras, however many pictures there are. */
    private static final long ALL_HISTORIES = Long.MAX_VALUE / 2;

    private final PipelineSettings settings;
    private final SlotResources slot;
    private final int gpu;
    private final MeasuringTime time;

    /**
     * Keeps the settings.
     *
     * @param gpu number of the card where TensorRT runs; that of {@code slot}
     */
    public PipelineFigures(
            PipelineSettings settings, SlotResources slot, int gpu, MeasuringTime time) {
        this.settings = settings;
        this.slot = slot;
        this.gpu = gpu;
        this.time = time;
    }

    /**
     * Measures everything, which takes some times the time of one measurement.
     *
     * @param batch frames a batch, each of another camera
     * @param denoise with what noise reduction the pipeline is measured in turns with one without;
     *     null for none
     */
    public Map<String, Object> measure(
            List<FrameBatches.Picture> pictures, int batch, @Nullable DenoiseSettings denoise)
            throws InterruptedException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("benchmark", "pipeline");
        FrameBatches batches = new FrameBatches(pictures, batch);
        FrameBatches single = new FrameBatches(pictures, 1);
        Runs runs = addRuns(figures, pictures, batches, single, batch);
        double rate = runs.busy().framesPerSecond();
        if (denoise != null) {
            figures.put("denoise", denoised(denoise, batches));
        }
        if (TENSORRT.equals(figures.get("engine"))) {
            double engineAlone = addLimits(figures, batches, single, batch, rate);
            PipelineBenchmark.Report alone = runs.pictureAlone();
            figures.put("picture_alone_over_engine", alone.latency().median() / engineAlone);
            figures.put(
                    "decoded_picture_alone_over_engine",
                    alone.withoutDecoding().median() / engineAlone);
        }
        // Of a batch alone: what kernels take beside the engine of another batch is not theirs.
        StageTimes stages = runs.batchAlone().meanStages();
        figures.put("postprocess_part_of_inference", part(stages.postprocess(), stages));
        figures.put(
                "kernels_part_of_inference",
                part(stages.preprocess() + stages.postprocess(), stages));
        return figures;
    }

    /** The pipeline kept busy, and with one batch or one picture on its way. */
    private record Runs(
            PipelineBenchmark.Report busy,
            PipelineBenchmark.Report batchAlone,
            PipelineBenchmark.Report pictureAlone) {}

    private Runs addRuns(
            Map<String, Object> figures,
            List<FrameBatches.Picture> pictures,
            FrameBatches batches,
            FrameBatches single,
            int batch)
            throws InterruptedException {
        try (FramePipeline pipeline = new ModelPipelineFactory(settings).open(slot)) {
            figures.put("machine", cpuMachine());
            figures.put("model", pipeline.model().name());
            figures.put("engine", pipeline.model().engine());
            figures.put("precision", pipeline.model().precision());
            figures.put("batch", batch);
            figures.put("pictures", pictures(pictures));
            int most = pipeline.maxBatchesInFlight();
            PipelineBenchmark.Report busy = PipelineBenchmark.run(pipeline, batches, most, time);
            figures.put("pipeline", pipeline(busy));
            PipelineBenchmark.Report batchAlone = PipelineBenchmark.run(pipeline, batches, 1, time);
            figures.put("batch_alone", pipeline(batchAlone));
            PipelineBenchmark.Report alone = PipelineBenchmark.run(pipeline, single, 1, time);
            figures.put("picture_alone", pipeline(alone));
            return new Runs(busy, batchAlone, alone);
        }
    }

    private Map<String, Object> denoised(DenoiseSettings denoise, FrameBatches batches)
            throws InterruptedException {
        PipelineSettings with = settings.withDenoise(new DenoiseStage(denoise, ALL_HISTORIES));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("preset", denoise.preset().label());
        figures.put("strength", (double) denoise.strength());
        try (FramePipeline without = new ModelPipelineFactory(settings).open(slot);
                FramePipeline pipeline = new ModelPipelineFactory(with).open(slot)) {
            PipelineBenchmark.Comparison found =
                    PipelineBenchmark.compare(without, pipeline, batches, time);
            double rate = found.one().framesPerSecond();
            figures.put("pipeline", pipeline(found.other()));
            figures.put("frames_per_second_without", rate);
            figures.put("part_of_rate_without", found.other().framesPerSecond() / rate);
        }
        return figures;
    }

    private static double part(long nanos, StageTimes stages) {
        return (double) nanos / stages.inference();
    }

    /** Gives the time that the engine takes for a picture alone, in milliseconds, too. */
    private double addLimits(
            Map<String, Object> figures,
            FrameBatches batches,
            FrameBatches single,
            int batch,
            double rate) {
        double decoder = DecoderBenchmark.picturesPerSecond(gpu, batches, time);
        BenchmarkReport engine = engine(batch);
        BenchmarkReport engineAlone = engine(1);
        double pictureDecoded = DecoderBenchmark.picturesPerSecondOneByOne(gpu, single, time);
        figures.put("machine", gpuMachine(engine.machine()));
        figures.put("decoder_pictures_per_second", decoder);
        figures.put("engine_images_per_second", engine.imagesPerSecond());
        figures.put("engine_compute_ms", engine.compute().median());
        figures.put("decoder_picture_alone_ms", 1000 / pictureDecoded);
        figures.put("engine_picture_alone_ms", engineAlone.compute().median());
        figures.put("part_of_the_slower", rate / Math.min(decoder, engine.imagesPerSecond()));
        return engineAlone.compute().median();
    }

    private BenchmarkReport engine(int batch) {
        LocatedPlan plan = PlanFinder.find(settings, gpu);
        BenchmarkOptions options =
                new BenchmarkOptions(batch, time.warmUp(), time.duration(), true, false);
        return EngineBenchmark.run(plan.file(), gpu, plan.remedy(), options);
    }

    private static Map<String, Object> gpuMachine(GpuMachine machine) {
        Map<String, Object> figures = cpuMachine();
        figures.put("card", machine.card());
        figures.put("driver", machine.driver());
        figures.put("cuda_runtime", machine.cudaRuntime());
        figures.put("tensorrt", machine.tensorRt());
        return figures;
    }

    private static Map<String, Object> cpuMachine() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("processors", Runtime.getRuntime().availableProcessors());
        figures.put("java", System.getProperty("java.version"));
        return figures;
    }

    private static Map<String, Object> pictures(List<FrameBatches.Picture> pictures) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("files", pictures.size());
        figures.put(
                "mean_bytes",
                pictures.stream()
                        .mapToInt(picture -> picture.bytes().remaining())
                        .average()
                        .orElseThrow());
        return figures;
    }

    private static Map<String, Object> pipeline(PipelineBenchmark.Report report) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("frames_per_second", report.framesPerSecond());
        figures.put("batches", report.batches());
        figures.put("latency_ms", times(report.latency()));
        figures.put("latency_without_decoding_ms", times(report.withoutDecoding()));
        figures.put("mean_stage_ms", stages(report.meanStages()));
        return figures;
    }

    private static Map<String, Object> times(TimeSummary summary) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("min", summary.min());
        figures.put("p50", summary.median());
        figures.put("p95", summary.p95());
        figures.put("p99", summary.p99());
        figures.put("max", summary.max());
        return figures;
    }

    private static Map<String, Object> stages(StageTimes times) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("decode", times.decode() / 1e6);
        figures.put("denoise", times.denoise() / 1e6);
        figures.put("preprocess", times.preprocess() / 1e6);
        figures.put("inference", times.inference() / 1e6);
        figures.put("postprocess", times.postprocess() / 1e6);
        return figures;
    }
}
