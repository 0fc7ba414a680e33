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
package io.frameflow.operators.inference;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.operators.testing.FakePipeline;
import io.frameflow.operators.testing.FakeResults;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.ModelDescription;
import io.frameflow.pipeline.SlotResources;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Pipelines by model file, which the test completes. */
final class FakeModels implements FramePipelineFactory {
    private static final long serialVersionUID = 1;

    static final String FIRST = "first.yaml";
    static final String SECOND = "second.yaml";

    final transient Map<String, FakePipeline> pipelines = new ConcurrentHashMap<>();
    transient volatile CountDownLatch gate = new CountDownLatch(0);
    transient volatile String broken = "missing.yaml";

    FakePipeline first() {
        return pipelines.get(FIRST);
    }

    FakePipeline second() {
        return pipelines.get(SECOND);
    }

    @Override
    public FramePipeline open(SlotResources slot) {
        return new Named(FIRST, pipeline(FIRST));
    }

    private FakePipeline pipeline(String file) {
        FakePipeline pipeline = new FakePipeline(4, 2, FakeResults::examined);
        pipelines.put(file, pipeline);
        return pipeline;
    }

    @Override
    public FramePipelineFactory withModel(String file) {
        FakePipeline pipeline = file.equals(broken) ? null : pipeline(file);
        CountDownLatch opening = gate;
        return slot -> {
            pass(opening);
            if (pipeline == null) {
                throw new FrameflowException(
                        FailureCode.INVALID_MODEL_FILE, "there is no such file");
            }
            if (file.equals("unlinked.yaml")) {
                pipeline.close();
                throw new UnsatisfiedLinkError("no such library");
            }
            if (file.equals("lost.yaml")) {
                pipeline.close();
                throw new FrameflowException(FailureCode.DEVICE_LOST, "an illegal address");
            }
            return new Named(file, pipeline);
        };
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A pipeline with a model of its own, which is warm at once. */
    private record Named(String name, FakePipeline pipeline) implements FramePipeline {
        @Override
        public ModelDescription model() {
            return FakeResults.model(name);
        }

        @Override
        public int maxBatchSize() {
            return pipeline.maxBatchSize();
        }

        @Override
        public int maxBatchesInFlight() {
            return pipeline.maxBatchesInFlight();
        }

        @Override
        public CompletableFuture<List<FrameResult>> submit(List<EncodedFrame> frames) {
            if (!frames.get(0).cameraId().isEmpty()) {
                return pipeline.submit(frames);
            }
            return name.equals("cold.yaml")
                    ? CompletableFuture.failedFuture(
                            new FrameflowException(FailureCode.ENGINE_FAILED, "a cold engine"))
                    : CompletableFuture.completedFuture(
                            frames.stream().map(FakeResults::examined).toList());
        }

        @Override
        public void close() {
            pipeline.close();
        }
    }
}
