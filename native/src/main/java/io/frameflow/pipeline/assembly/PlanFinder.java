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
package io.frameflow.pipeline.assembly;

import io.frameflow.cuda.CudaDevice;
import io.frameflow.engine.tensorrt.CachedPlan;
import io.frameflow.engine.tensorrt.EngineCache;
import io.frameflow.engine.tensorrt.PlanKey;
import io.frameflow.engine.tensorrt.PlanQuery;
import io.frameflow.engine.tensorrt.Sha256;
import io.frameflow.engine.tensorrt.TensorRtLibrary;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Finds the plan of a model for a card. */
public final class PlanFinder {
    private final PipelineSettings settings;
    private final ModelFile model;
    private final CudaDevice device;
    private final String tensorRt;

    /**
     * A finder for one card.
     *
     * @param tensorRt version of TensorRT that is to run the plan
     */
    PlanFinder(PipelineSettings settings, ModelFile model, CudaDevice device, String tensorRt) {
        this.settings = settings;
        this.model = model;
        this.device = device;
        this.tensorRt = tensorRt;
    }

    /**
     * The plan that a pipeline with these settings would run on a card.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_PLAN} if there is none, with the
     *     command that builds it; with {@link FailureCode#ENGINE_UNAVAILABLE} without the card
     */
    public static LocatedPlan find(PipelineSettings settings, int gpu) {
        ModelFile model = settings.readModel();
        CudaDevice device = CudaDevice.open(gpu);
        TensorRtLibrary.load();
        return new PlanFinder(settings, model, device, TensorRtLibrary.version()).find();
    }

    /** The plan; whether it can be used is for whoever loads it to find out. */
    LocatedPlan find() {
        String remedy = "build it on this machine: " + BuildCommand.of(settings, device.index());
        String networkSha256 = networkSha256();
        String given = settings.plan().plan();
        Path plan = given == null ? search(networkSha256, remedy) : Path.of(given);
        return new LocatedPlan(plan, networkSha256, remedy);
    }

    private String networkSha256() {
        try {
            return Sha256.of(model.onnx());
        } catch (IOException e) {
            throw new FrameflowException(
                    FailureCode.INVALID_MODEL,
                    "cannot read the network " + model.onnx() + ": " + e,
                    e);
        }
    }

    private Path search(String networkSha256, String remedy) {
        String folder = settings.plan().cacheFolder();
        EngineCache cache =
                folder == null ? EngineCache.ofUser() : new EngineCache(Path.of(folder));
        PlanQuery query =
                new PlanQuery(
                        networkSha256,
                        tensorRt,
                        device.name(),
                        PlanKey.computeCapability(device),
                        settings.plan().precision(),
                        settings.maxBatchSize(),
                        !model.outputTensors().isEmpty());
        return cache.find(query)
                .map(CachedPlan::plan)
                .orElseThrow(() -> missing(query, cache, remedy));
    }

    private FrameflowException missing(PlanQuery query, EngineCache cache, String remedy) {
        String wanted = describe(settings.plan().precision().label(), device.name(), tensorRt);
        List<PlanKey> others = cache.findOthers(query);
        String found =
                others.stream()
                        .map(PlanFinder::describe)
                        .distinct()
                        .collect(Collectors.joining(", "));
        return new FrameflowException(
                FailureCode.INVALID_PLAN,
                "there is no plan of %s in %s for %s%s; %s"
                        .formatted(
                                model.onnx(),
                                cache.folder(),
                                wanted,
                                found.isEmpty() ? "" : " (only for " + found + ")",
                                remedy));
    }

    private static String describe(PlanKey key) {
        String machine =
                describe(key.precision().label(), key.card(), key.tensorRt())
                        + (key.variant().removedHead().isPresent() ? " without its head" : "");
        OptionalInt rules = key.variant().otherRules();
        return rules.isEmpty()
                ? machine
                : "%s by rules of another version of Frameflow (revision %d)"
                        .formatted(machine, rules.getAsInt());
    }

    private static String describe(String precision, String card, String tensorRt) {
        return precision + " on " + card + " with TensorRT " + tensorRt;
    }
}
