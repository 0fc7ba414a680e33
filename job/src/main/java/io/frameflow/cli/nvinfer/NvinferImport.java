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
package io.frameflow.cli.nvinfer;

import io.frameflow.cli.nvinfer.KeyRule.NotSupported;
import io.frameflow.model.Family;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a configuration file of nvinfer into a model file. What nvinfer assumes for keys that are
 * absent is written out, since other things are assumed here.
 */
public final class NvinferImport {
    /** nvinfer's way to keep all boxes is no limit; this is the highest one here. */
    static final String ALL = "100000";

    static final String TOPK = "thresholds.topk";

    private static final String SCORE = "0.2";
    private static final String PROPERTY = "property";
    private static final String ATTRIBUTES = "class-attrs-";

    private final ModelDraft draft = new ModelDraft();
    private final List<String> notes = new ArrayList<>();
    private final Path folder;
    private int translated;

    /**
     * What came of a file.
     *
     * @param yaml the model file
     * @param translated keys that are in it
     * @param notSupported a line for each key that is not, with the reason
     */
    public record Result(String yaml, int translated, List<String> notSupported) {}

    private NvinferImport(Path target) {
        folder = folderOf(target);
    }

    /**
     * Imports a file.
     *
     * @param file nvinfer's configuration
     * @param target the model file, which the paths in it are relative to where it lies beside
     *     nvinfer's
     * @param name name of the model in results
     * @param family how the outputs are laid out, which nvinfer leaves to a parsing function; null
     *     for networks whose type says it
     * @throws IOException if the file cannot be read, describes a network that cannot be run, or
     *     lacks what a model file must say
     */
    public static Result run(Path file, Path target, String name, @Nullable Family family)
            throws IOException {
        return new NvinferImport(target).translate(file, name, family);
    }

    private Result translate(Path file, String name, @Nullable Family family) throws IOException {
        Map<String, Map<String, String>> groups = KeyFile.read(file).groups();
        Map<String, String> property = groups.get(PROPERTY);
        if (property == null) {
            throw new IOException(file + " is no configuration of nvinfer: it has no [property]");
        }
        Family known = family(file, property.getOrDefault("network-type", "0"), family);
        draft.putText("name", name);
        draft.put("task", known.tasks().iterator().next().name().toLowerCase(Locale.ROOT));
        draft.put("family", known.label());
        putDefaults(known);
        translate(PROPERTY, property, PropertyKeys.all(), file);
        for (Map.Entry<String, Map<String, String>> group : groups.entrySet()) {
            translateClasses(group.getKey(), group.getValue(), known, file);
        }
        if (known.findsObjects()) {
            putScore(groups.getOrDefault(ATTRIBUTES + "all", Map.of()));
        }
        finish(file, property, known);
        return new Result(draft.toYaml(), translated, List.copyOf(notes));
    }

    private static Family family(Path file, String type, @Nullable Family given)
            throws IOException {
        return switch (type) {
            case "0" -> {
                if (given == null) {
                    throw new IOException(
                            file
                                    + " does not say how the detector's outputs are laid out: give"
                                    + " --family");
                }
                yield given;
            }
            case "2" -> Family.SEGMENTATION;
            case "100" -> given == null ? Family.TENSOR : given;
            default ->
                    throw new IOException(
                            "%s has network-type=%s: detectors (0), segmentation (2) and raw tensors (100) can be run"
                                    .formatted(file, type));
        };
    }

    /** What nvinfer assumes where a key is absent. */
    private void putDefaults(Family family) {
        draft.put("input.model-color-format", "rgb");
        draft.put("input.net-scale-factor", "1.0");
        draft.putList("input.offsets", List.of("0", "0", "0"));
        draft.put("input.maintain-aspect-ratio", "false");
        draft.put("input.symmetric-padding", "false");
        draft.put("input.pad-value", "0");
        if (family.findsObjects()) {
            draft.put("thresholds.nms-iou-threshold", "0.3");
            draft.put(TOPK, ALL);
        }
    }

    /** nvinfer's own threshold holds unless the file has another, under either name. */
    private void putScore(Map<String, String> all) {
        if (!all.containsKey("pre-cluster-threshold") && !all.containsKey("threshold")) {
            ClassKeys.raiseScore(SCORE, draft);
        }
    }

    private void translateClasses(String group, Map<String, String> keys, Family family, Path file)
            throws IOException {
        String number = group.startsWith(ATTRIBUTES) ? group.substring(ATTRIBUTES.length()) : "";
        if (group.equals(PROPERTY)) {
            return;
        }
        if (!family.findsObjects() || !number.matches("all|[0-9]{1,5}")) {
            String reason =
                    family.findsObjects() ? "unknown group" : "the network finds no objects";
            keys.keySet().forEach(key -> note(group, key, reason));
            return;
        }
        translate(
                group,
                keys,
                number.equals("all") ? ClassKeys.ofAll() : ClassKeys.ofClass(number),
                file);
    }

    private void translate(
            String group, Map<String, String> keys, Map<String, KeyRule> rules, Path file)
            throws IOException {
        for (Map.Entry<String, String> entry : keys.entrySet()) {
            KeyRule rule = rules.get(entry.getKey());
            if (rule == null) {
                note(group, entry.getKey(), "unknown key");
                continue;
            }
            try {
                rule.translate(entry.getValue(), draft);
                translated++;
            } catch (NotSupported e) {
                note(group, entry.getKey(), String.valueOf(e.getMessage()));
            } catch (NumberFormatException e) {
                throw new IOException(
                        "%s: %s=%s in [%s] is wrong: %s"
                                .formatted(
                                        file,
                                        entry.getKey(),
                                        entry.getValue(),
                                        group,
                                        e.getMessage()),
                        e);
            }
        }
    }

    /** Makes a path that is relative to nvinfer's file relative to the model file. */
    private void placePath(Path file, String key) {
        String written = draft.get(key, "");
        if (written.isEmpty()) {
            return;
        }
        Path source = folderOf(file);
        Path path = source.resolve(written).normalize();
        boolean beside = folder.equals(source) && !Path.of(written).isAbsolute();
        draft.putText(key, beside ? written : path.toString());
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private void note(String group, String key, String reason) {
        notes.add("[%s] %s: %s".formatted(group, key, reason));
    }

    private void finishThresholds(Map<String, String> property) {
        if (draft.get(ClassKeys.CLUSTER_MODE, "").equals(ClassKeys.WITHOUT_CLUSTERING)) {
            draft.put("thresholds.nms-iou-threshold", "1");
        }
        ClassKeys.finish(draft);
        String topk = draft.get(TOPK, ALL);
        if (topk.equals(ALL)) {
            return;
        }
        // nvinfer keeps so many of each class.
        long classes = Long.parseLong(property.getOrDefault("num-detected-classes", ALL));
        long all = Math.min(Long.parseLong(ALL), Long.parseLong(topk) * classes);
        if (classes > 1) {
            draft.put(TOPK, Long.toString(all));
            note(
                    ATTRIBUTES + "all",
                    "topk",
                    "%s of each class in nvinfer, %d of all classes together here"
                            .formatted(topk, all));
        }
    }

    private void finish(Path file, Map<String, String> property, Family family) throws IOException {
        if (draft.get("input.width", "").isEmpty()) {
            throw new IOException(
                    file + " does not say the size of the input: add infer-dims=3;HEIGHT;WIDTH");
        }
        if (family.findsObjects()) {
            finishThresholds(property);
        }
        if (family.suppressesItself()) {
            // Its own, which no number here changes.
            draft.remove("thresholds.nms-iou-threshold");
        }
        draft.remove(ClassKeys.CLUSTER_MODE);
        placePath(file, "onnx");
        placePath(file, "labels-file");
        boolean wantsTensors =
                property.getOrDefault("output-tensor-meta", "0").equals("1")
                        || family == Family.TENSOR;
        if (!wantsTensors) {
            draft.remove("output-tensors");
        } else if (draft.get("output-tensors", "").isEmpty() && family != Family.TENSOR) {
            note(PROPERTY, "output-tensor-meta", "add output-blob-names: the outputs to hand on");
        }
    }
}
