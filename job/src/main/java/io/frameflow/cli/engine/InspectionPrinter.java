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
package io.frameflow.cli.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.frameflow.engine.BatchRange;
import io.frameflow.engine.TensorInfo;
import io.frameflow.engine.tensorrt.PlanInspection;
import io.frameflow.engine.tensorrt.PlanMetadata;
import io.frameflow.engine.tensorrt.PlanVariant;
import java.io.IOException;
import java.io.PrintWriter;

/** Prints what a plan says about itself. */
public final class InspectionPrinter {
    private InspectionPrinter() {}

    /** As lines for people. */
    public static void print(PlanInspection plan, PrintWriter out) {
        BatchRange batch = plan.signature().batch();
        line(out, "plan", plan.plan());
        line(out, "precision", plan.info().precision());
        line(
                out,
                "batch",
                "%d to %d, tuned for %d"
                        .formatted(batch.least(), batch.most(), plan.optimalBatch()));
        line(out, "input", plan.signature().input());
        plan.signature().outputs().forEach(output -> line(out, "output", output));
        line(out, "layers", plan.layers());
        line(out, "auxiliary streams", plan.auxiliaryStreams());
        line(out, "memory loaded", Sizes.text(plan.loadedBytes()));
        line(out, "memory a context", Sizes.text(plan.contextBytes()));
        line(out, "TensorRT", plan.machine().tensorRt());
        line(
                out,
                "card",
                "%s (compute capability %s)"
                        .formatted(plan.machine().card(), plan.machine().computeCapability()));
        plan.metadata().ifPresentOrElse(known -> print(known, out), () -> printUnknown(out));
        out.flush();
    }

    private static void print(PlanMetadata metadata, PrintWriter out) {
        line(out, "network", metadata.network());
        line(out, "network SHA-256", metadata.key().networkSha256());
        line(out, "plan SHA-256", metadata.planSha256());
        line(out, "optimization level", metadata.key().optimizationLevel());
        PlanVariant variant = metadata.key().variant();
        variant.calibrationSha256().ifPresent(digest -> line(out, "calibration SHA-256", digest));
        if (!variant.fp16Layers().isEmpty()) {
            line(out, "layers in fp16", String.join(", ", variant.fp16Layers()));
        }
        variant.appendedNms()
                .ifPresent(
                        nms ->
                                line(
                                        out,
                                        "suppression",
                                        "score %s, overlap %s, at most %d objects"
                                                .formatted(
                                                        nms.scoreThreshold(),
                                                        nms.iouThreshold(),
                                                        nms.mostObjects())));
        variant.removedHead()
                .ifPresent(head -> line(out, "head", "cut off, anchors " + head.anchors()));
        line(out, "built at", metadata.builtAt());
    }

    private static void printUnknown(PrintWriter out) {
        line(out, "metadata", "none: the plan was built by another program");
    }

    private static void line(PrintWriter out, String name, Object value) {
        out.printf("%-20s%s%n", name, value);
    }

    /** As one JSON object. */
    public static void printJson(PlanInspection plan, PrintWriter out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("plan", plan.plan().toString());
            json.writeStringField("precision", plan.info().precision());
            json.writeNumberField("batch_least", plan.signature().batch().least());
            json.writeNumberField("batch_optimal", plan.optimalBatch());
            json.writeNumberField("batch_most", plan.signature().batch().most());
            json.writeArrayFieldStart("tensors");
            writeTensor(json, "input", plan.signature().input());
            for (TensorInfo output : plan.signature().outputs()) {
                writeTensor(json, "output", output);
            }
            json.writeEndArray();
            json.writeNumberField("layers", plan.layers());
            json.writeNumberField("auxiliary_streams", plan.auxiliaryStreams());
            json.writeNumberField("loaded_bytes", plan.loadedBytes());
            json.writeNumberField("context_bytes", plan.contextBytes());
            MachineJson.write(json, plan.machine());
            if (plan.metadata().isPresent()) {
                write(json, plan.metadata().get());
            }
            json.writeEndObject();
        }
        out.println();
        out.flush();
    }

    private static void writeTensor(JsonGenerator json, String mode, TensorInfo tensor)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", tensor.name());
        json.writeStringField("mode", mode);
        json.writeStringField("type", tensor.type().label());
        json.writeArrayFieldStart("shape");
        for (int size : tensor.shape()) {
            json.writeNumber(size);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, PlanMetadata metadata) throws IOException {
        json.writeStringField("network", metadata.network());
        json.writeStringField("network_sha256", metadata.key().networkSha256());
        json.writeStringField("plan_sha256", metadata.planSha256());
        json.writeNumberField("optimization_level", metadata.key().optimizationLevel());
        json.writeNumberField("workspace_bytes", metadata.key().workspaceBytes());
        PlanVariant variant = metadata.key().variant();
        if (variant.calibrationSha256().isPresent()) {
            json.writeStringField("calibration_sha256", variant.calibrationSha256().get());
        }
        json.writeBooleanField("appended_nms", variant.appendedNms().isPresent());
        json.writeBooleanField("removed_head", variant.removedHead().isPresent());
        json.writeStringField("built_at", metadata.builtAt().toString());
        json.writeNumberField("build_seconds", metadata.buildSeconds());
    }
}
