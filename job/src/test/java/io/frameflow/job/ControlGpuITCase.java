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
package io.frameflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.job.testing.ControlChanges;
import io.frameflow.job.testing.ControlUnderLoad;
import io.frameflow.job.testing.JobCluster;
import io.frameflow.job.testing.KafkaBroker;
import io.frameflow.job.testing.KafkaBrokerExtension;
import io.frameflow.job.testing.ObjectsByThresholds;
import io.frameflow.job.testing.Outcome;
import io.frameflow.job.testing.SteadyLoad;
import io.frameflow.job.testing.StoredPlans;
import io.frameflow.job.testing.SwappableModels;
import io.frameflow.pipeline.assembly.ModelPipelineFactory;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.ModelReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes settings and models of a job that runs plans of TensorRT on a card. Needs a plan of
 * YOLOv5n in half precision for the card in the file that {@code FRAMEFLOW_GPU_PLAN} names, and the
 * folder of reference data in {@code FRAMEFLOW_REFERENCE_DATA}; where a GPU is required nothing is
 * skipped.
 */
@Tag("gpu")
@ExtendWith(KafkaBrokerExtension.class)
class ControlGpuITCase {
    private static final Path MODEL_FILE = Path.of("..", "deploy", "models", "yolov5.yaml");
    private static final int MODELS = 20;
    private static final int MODELS_TO_WARM_UP = 2;

    /**
     * The first job is not measured, since what CUDA and TensorRT keep for the process is taken
     * then: the context, and the code of kernels. Some comes later: CUDA loads a kernel's code when
     * it is first launched, a size of batch that the first job never had may want another kernel,
     * and the driver takes memory in pieces of 2 MiB. Weights of 4 MB that stayed at each of 20
     * changes would be ten times this. What the pipelines themselves own is counted exactly, in
     * {@link ControlUnderLoad}.
     */
    private static final long KEPT_BY_THE_DRIVER = 8 << 20;

    @TempDir static Path folder;

    private static CudaDevice device;
    private static SwappableModels models;
    private static JobCluster cluster;

    @BeforeAll
    static void writeModels() throws Exception {
        device = CudaDevice.open(0);
        Path onnx = referenceFile("models/yolov5n_640_dynbatch.onnx");
        models = SwappableModels.write(folder, MODEL_FILE, onnx, MODELS);
        String remedy =
                "make it: ./frameflow engine build --model deploy/models/yolov5.yaml --onnx "
                        + onnx
                        + " --precision fp16 --batch-max 32 --output FILE.plan";
        String plan = System.getenv("FRAMEFLOW_GPU_PLAN");
        assertThat(plan).as("plan in the variable FRAMEFLOW_GPU_PLAN; %s", remedy).isNotNull();
        StoredPlans plans = StoredPlans.of(Path.of(plan), device, remedy);
        EngineCache cache = new EngineCache(cacheFolder());
        for (int number = -1; number < MODELS; number++) {
            plans.store(cache, models.network(number));
        }
        cluster = JobCluster.start(2);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void everyFrameHasOneRecordWithWhatWasInForceAndTheMemoryComesBack(KafkaBroker broker)
            throws Exception {
        run(broker, MODELS_TO_WARM_UP);
        long before = freeBytes();

        Outcome outcome = run(broker, MODELS);

        long after = freeBytes();
        System.out.printf(
                "%d frames, %d messages; free memory of the card: %d bytes before, %d after%n",
                outcome.detections().size(), outcome.acknowledgements().size(), before, after);
        assertThat(before - after).as("bytes kept").isLessThanOrEqualTo(KEPT_BY_THE_DRIVER);
        assertThat(after - before)
                .as("bytes that were free later: nothing else may use the card meanwhile")
                .isLessThanOrEqualTo(KEPT_BY_THE_DRIVER);
        assertThat(outcome.deadLetters()).isEmpty();
        assertThat(outcome.detections())
                .extracting(FrameDetections::getModel)
                .extracting(ModelReference::getEngine, ModelReference::getPrecision)
                .containsOnly(tuple("tensorrt", "fp16"));
        ObjectsByThresholds.assertKept(outcome.detections());
    }

    private static Outcome run(KafkaBroker broker, int models) throws Exception {
        return new ControlUnderLoad(cluster, broker, models, ControlGpuITCase.models::file, load())
                .run(
                        Map.of(
                                "model.file", ControlGpuITCase.models.file(-1),
                                "model.engine", "tensorrt",
                                "model.engine-cache", cacheFolder().toString(),
                                "inference.gpu-ids", "0",
                                "inference.batch-size", "8"),
                        settings -> new ModelPipelineFactory(settings.inference().pipeline()));
    }

    /** The card has to be made current for a test's thread. */
    private static long freeBytes() {
        device.makeCurrent();
        return device.freeMemoryBytes();
    }

    private static Path cacheFolder() {
        return folder.resolve("engines");
    }

    /** A thousand photographs a second, some 130 kB each. */
    private static SteadyLoad.Frames load() throws IOException {
        List<String> names = List.of("000785", "040083", "196141", "197388");
        Map<String, byte[]> pictures = new HashMap<>();
        for (String camera : ControlChanges.CAMERAS) {
            String name = names.get(pictures.size());
            Path file = referenceFile("images/coco-with-truth/000000" + name + ".jpg");
            pictures.put(camera, Files.readAllBytes(file));
        }
        return SteadyLoad.Frames.of(Duration.ofMillis(4), pictures);
    }

    private static Path referenceFile(String name) {
        String data = System.getenv("FRAMEFLOW_REFERENCE_DATA");
        assertThat(data).as("environment variable FRAMEFLOW_REFERENCE_DATA").isNotBlank();
        Path file = Path.of(data, name);
        assertThat(file).exists();
        return file;
    }
}
