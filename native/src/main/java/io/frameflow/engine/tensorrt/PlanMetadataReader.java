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
package io.frameflow.engine.tensorrt;

import io.frameflow.engine.Precision;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** Reads metadata of plans. Its JSON is read as YAML 1.2, of which it is a part. */
final class PlanMetadataReader {
    private static final long MOST_BYTES = 4 << 20;

    private final Path file;

    private PlanMetadataReader(Path file) {
        this.file = file;
    }

    /** The metadata in a file; empty if there is no such file. */
    static Optional<PlanMetadata> read(Path file) {
        PlanMetadataReader reader = new PlanMetadataReader(file);
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw reader.invalid("it is too large");
            }
            return Optional.of(reader.parse(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (AccessDeniedException e) {
            throw reader.invalid("this user may not read it");
        } catch (IOException | YamlEngineException | DateTimeException e) {
            throw reader.invalid(String.valueOf(e.getMessage()));
        }
    }

    private PlanMetadata parse(String text) {
        LoadSettings settings = LoadSettings.builder().setSchema(new JsonSchema()).build();
        Map<?, ?> root = map(new Load(settings).loadFromString(text), "the file");
        if (!PlanMetadata.isReadable(root.get("format"))) {
            throw invalid("its format is " + root.get("format"));
        }
        Map<?, ?> outputs = map(root.get("golden_frame"), "golden_frame");
        List<GoldenOutput> golden = new ArrayList<>();
        outputs.forEach((name, samples) -> golden.add(output(name.toString(), samples)));
        return new PlanMetadata(
                text(root, "network"),
                key(map(root.get("key"), "key")),
                text(root, "plan_sha256"),
                Instant.parse(text(root, "built_at")),
                number(root, "build_seconds").doubleValue(),
                new GoldenFrame(golden));
    }

    private PlanKey key(Map<?, ?> key) {
        String precision = text(key, "precision");
        try {
            return new PlanKey(
                    text(key, "network_sha256"),
                    text(key, "tensorrt"),
                    text(key, "card"),
                    text(key, "compute_capability"),
                    Precision.ofLabel(precision)
                            .orElseThrow(() -> invalid("precision is " + precision)),
                    new BatchProfile(
                            number(key, "batch_least").intValue(),
                            number(key, "batch_optimal").intValue(),
                            number(key, "batch_most").intValue()),
                    number(key, "optimization_level").intValue(),
                    number(key, "workspace_bytes").longValue(),
                    variant(key));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private PlanVariant variant(Map<?, ?> key) {
        Object calibration = key.get("calibration_sha256");
        List<String> layers = new ArrayList<>();
        if (key.get("fp16_layers") instanceof List<?> list) {
            list.forEach(layer -> layers.add(String.valueOf(layer)));
        }
        Object nms = key.get("appended_nms");
        Object anchors = key.get("removed_head_anchors");
        return new PlanVariant(
                calibration == null
                        ? Optional.empty()
                        : Optional.of(text(key, "calibration_sha256")),
                key.get("builder_rules") == null ? 0 : number(key, "builder_rules").intValue(),
                layers,
                nms == null ? Optional.empty() : Optional.of(appendedNms(map(nms, "nms"))),
                anchors == null ? Optional.empty() : Optional.of(removedHead(anchors)));
    }

    private RemovedHead removedHead(Object anchors) {
        List<List<Double>> scales = new ArrayList<>();
        for (Object scale : list(anchors)) {
            List<Double> sides = new ArrayList<>();
            for (Object side : list(scale)) {
                if (!(side instanceof Number number)) {
                    throw invalid("removed_head_anchors has something else than numbers");
                }
                sides.add(number.doubleValue());
            }
            scales.add(sides);
        }
        return new RemovedHead(scales);
    }

    private List<?> list(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw invalid("removed_head_anchors is no list of lists");
    }

    private AppendedNms appendedNms(Map<?, ?> nms) {
        return new AppendedNms(
                number(nms, "score_threshold").doubleValue(),
                number(nms, "iou_threshold").doubleValue(),
                number(nms, "most_objects").intValue(),
                Boolean.TRUE.equals(nms.get("class_agnostic")));
    }

    private GoldenOutput output(String name, @Nullable Object samples) {
        if (!(samples instanceof List<?> list)) {
            throw invalid("golden_frame." + name + " is no list");
        }
        List<Float> numbers = new ArrayList<>(list.size());
        for (Object sample : list) {
            numbers.add(sample instanceof Number number ? number.floatValue() : Float.NaN);
        }
        return new GoldenOutput(name, numbers);
    }

    private Map<?, ?> map(@Nullable Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw invalid(what + " is no object");
    }

    private String text(Map<?, ?> object, String name) {
        if (object.get(name) instanceof String text) {
            return text;
        }
        throw invalid(name + " is no text");
    }

    private Number number(Map<?, ?> object, String name) {
        if (object.get(name) instanceof Number number) {
            return number;
        }
        throw invalid(name + " is no number");
    }

    private FrameflowException invalid(String reason) {
        return new FrameflowException(
                FailureCode.INVALID_PLAN,
                "cannot read "
                        + file
                        + ", which belongs to a plan: "
                        + reason
                        + "; remove it with its plan, and build the plan again");
    }
}
