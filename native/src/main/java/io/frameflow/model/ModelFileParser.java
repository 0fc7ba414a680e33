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
package io.frameflow.model;

import io.frameflow.geometry.Scaling;
import io.frameflow.yaml.Problems;
import io.frameflow.yaml.YamlMapping;
import io.frameflow.yaml.YamlType;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the text of a model file into its record, going on after a problem to find the others. */
final class ModelFileParser {
    /** Longest name of a model, a class or a keypoint, in characters. */
    static final int LONGEST_NAME = 200;

    private static final int LONGEST_PATH = 4096;
    private static final int LONGEST_SIDE = 8192;
    private static final int MOST_PIXELS = 4096 * 4096;
    private static final int MOST_LABELS = 100_000;
    private static final int MOST_KEYPOINTS = 1000;
    private static final int MOST_ANCHORS = 16;
    private static final int MOST_THREADS = 1024;
    private static final int MOST_DETECTIONS = 100_000;

    private final Path folder;
    private final @Nullable Path onnxOverride;
    private final Problems problems;

    /**
     * A parser for one file.
     *
     * @param folder where relative paths start
     * @param onnxOverride network to use instead of the one that the file names
     * @param problems takes what is wrong
     */
    ModelFileParser(Path folder, @Nullable Path onnxOverride, Problems problems) {
        this.folder = folder;
        this.onnxOverride = onnxOverride;
        this.problems = problems;
    }

    /** The model, or null with at least one problem reported. */
    @Nullable ModelFile parse(String text) {
        YamlMapping root = YamlMapping.read(text, problems);
        if (root == null) {
            return null;
        }
        String name = root.require("name", YamlType.text(LONGEST_NAME));
        String version = root.find("version", YamlType.text(LONGEST_NAME));
        Task task = root.require("task", YamlType.choice(Task.class));
        Family family = root.require("family", YamlType.choice(Family.class));
        Path onnx = onnx(root);
        InputSpec input = input(root.section("input"));
        List<String> labels = labels(root);
        ClassRules classRules = new ClassRulesParser(root, labels).parse();
        DetectionThresholds thresholds = thresholds(root.section("thresholds"), classRules, family);
        List<String> keypointNames = keypointNames(root, family);
        HeadOptions head = head(root.section("head"), family);
        OutputParser outputs = new OutputParser(root);
        List<Integer> colors = outputs.colors(labels);
        List<String> outputTensors = outputs.outputTensors();
        OnnxRuntimeOptions onnxRuntime = engine(root.section("engine"));
        root.finish();
        if (task != null && family != null && !family.tasks().contains(task)) {
            root.problem("task", mismatch(task, family));
        }
        if (family != null && !family.findsObjects()) {
            outputs.refuseObjectKeys(family);
        }
        if (family != null && input != null) {
            checkSides(root, family, input);
        }
        if (!problems.isEmpty()
                || name == null
                || task == null
                || family == null
                || onnx == null
                || input == null) {
            return null;
        }
        return new ModelFile(
                name,
                Optional.ofNullable(version),
                task,
                family,
                onnx,
                input,
                thresholds,
                head,
                labels,
                keypointNames,
                colors,
                outputTensors,
                onnxRuntime);
    }

    private static void checkSides(YamlMapping root, Family family, InputSpec input) {
        int multiple = family.inputMultiple();
        if (input.width() % multiple != 0 || input.height() % multiple != 0) {
            root.problem(
                    "input",
                    "family %s needs a width and a height that are multiples of %d, not %d x %d"
                            .formatted(family.label(), multiple, input.width(), input.height()));
        }
    }

    private static String mismatch(Task task, Family family) {
        return "family %s has no networks for %s, only for: %s"
                .formatted(
                        family.label(),
                        YamlType.label(task),
                        family.tasks().stream()
                                .map(YamlType::label)
                                .sorted()
                                .collect(Collectors.joining(", ")));
    }

    private @Nullable Path onnx(YamlMapping root) {
        String named = root.find("onnx", YamlType.text(LONGEST_PATH));
        if (onnxOverride != null) {
            return onnxOverride;
        }
        if (!root.has("onnx")) {
            root.problem(
                    "onnx", "missing; name the network here, relative to this file, or beside it");
        }
        return named == null ? null : existing(root, "onnx", named);
    }

    private @Nullable Path existing(YamlMapping section, String key, String named) {
        try {
            Path path = folder.resolve(named).normalize();
            if (Files.isRegularFile(path)) {
                return path;
            }
            section.problem(key, "there is no file " + path.toAbsolutePath());
        } catch (InvalidPathException e) {
            section.problem(key, "not a path: " + e.getReason());
        }
        return null;
    }

    private @Nullable InputSpec input(YamlMapping section) {
        Integer width = section.require("width", YamlType.integer(1, LONGEST_SIDE));
        Integer height = section.require("height", YamlType.integer(1, LONGEST_SIDE));
        ColorOrder colors =
                section.get(
                        "model-color-format", YamlType.choice(ColorOrder.class), ColorOrder.RGB);
        Normalization normalization = normalization(section);
        Scaling standard = Scaling.CENTERED;
        Scaling scaling =
                new Scaling(
                        section.get(
                                "maintain-aspect-ratio",
                                YamlType.flag(),
                                standard.maintainAspectRatio()),
                        section.get(
                                "symmetric-padding", YamlType.flag(), standard.symmetricPadding()),
                        section.get("scale-up", YamlType.flag(), standard.scaleUp()));
        ResizePrecision precision =
                section.get(
                        "resize-precision",
                        YamlType.choice(ResizePrecision.class),
                        ResizePrecision.UINT8);
        int padValue = section.get("pad-value", YamlType.integer(0, 255), 114);
        section.finish();
        if (width == null || height == null) {
            return null;
        }
        if ((long) width * height > MOST_PIXELS) {
            section.problem(
                    "width",
                    "%d x %d is more than %d pixels".formatted(width, height, MOST_PIXELS));
            return null;
        }
        return new InputSpec(width, height, colors, normalization, scaling, precision, padValue);
    }

    private static Normalization normalization(YamlMapping section) {
        Normalization unit = Normalization.UNIT;
        int channels = Normalization.CHANNELS;
        return new Normalization(
                section.get("net-scale-factor", YamlType.numberNotZero(), unit.scale()),
                section.get(
                        "offsets",
                        YamlType.list(YamlType.number(), channels, channels),
                        unit.offsets()),
                section.get(
                        "deviations",
                        YamlType.list(YamlType.numberNotZero(), channels, channels),
                        unit.deviations()));
    }

    private static DetectionThresholds thresholds(
            YamlMapping section, ClassRules classRules, @Nullable Family family) {
        DetectionThresholds standard = DetectionThresholds.DEFAULT;
        double score =
                section.get(
                        "pre-cluster-threshold",
                        YamlType.number(0, 1),
                        (double) standard.preCluster());
        double overlap =
                section.get("nms-iou-threshold", YamlType.number(0, 1), (double) standard.nmsIou());
        if (section.has("nms-iou-threshold") && family != null && family.suppressesItself()) {
            section.problem(
                    "nms-iou-threshold",
                    "networks of family "
                            + family.label()
                            + " have suppressed overlapping boxes themselves; remove this key");
        }
        int topk = section.get("topk", YamlType.integer(1, MOST_DETECTIONS), standard.topk());
        boolean agnostic = section.get("class-agnostic", YamlType.flag(), standard.classAgnostic());
        section.finish();
        return new DetectionThresholds((float) score, (float) overlap, topk, agnostic, classRules);
    }

    private List<String> labels(YamlMapping root) {
        YamlType<List<String>> names =
                YamlType.distinct(YamlType.list(YamlType.text(LONGEST_NAME), 1, MOST_LABELS));
        List<String> labels = root.get("labels", names, List.of());
        String file = root.find("labels-file", YamlType.text(LONGEST_PATH));
        if (file == null) {
            return labels;
        }
        if (root.has("labels")) {
            root.problem("labels-file", "either this or 'labels', not both");
        }
        Path path = existing(root, "labels-file", file);
        return path == null
                ? List.of()
                : LabelsFile.read(path, problem -> root.problem("labels-file", problem));
    }

    private static List<String> keypointNames(YamlMapping root, @Nullable Family family) {
        YamlType<List<String>> names =
                YamlType.distinct(YamlType.list(YamlType.text(LONGEST_NAME), 1, MOST_KEYPOINTS));
        List<String> found = root.get("keypoint-names", names, List.of());
        if (family == null || found.isEmpty() || family.keypoints().isEmpty()) {
            return found;
        }
        int expected = family.keypoints().getAsInt();
        if (expected == 0) {
            root.problem(
                    "keypoint-names",
                    "networks of family " + family.label() + " have no keypoints");
        } else if (expected != found.size()) {
            root.problem(
                    "keypoint-names",
                    "networks of family %s have %d keypoints, these are %d names"
                            .formatted(family.label(), expected, found.size()));
        }
        return found;
    }

    private static HeadOptions head(YamlMapping section, @Nullable Family family) {
        HeadOptions standard = HeadOptions.DEFAULT;
        ScoreActivation activation =
                section.get(
                        "score-activation",
                        YamlType.choice(ScoreActivation.class),
                        standard.scoreActivation());
        if (section.has("score-activation") && family != null && family != Family.YUFACEDETECTNET) {
            section.problem(
                    "score-activation",
                    "the scores of family " + family.label() + " are known; remove this key");
        }
        List<List<Double>> anchors = anchors(section, family);
        section.finish();
        return new HeadOptions(activation, anchors);
    }

    private static List<List<Double>> anchors(YamlMapping section, @Nullable Family family) {
        YamlType<List<Double>> sides =
                YamlType.list(YamlType.number(1, LONGEST_SIDE), 2, 2 * MOST_ANCHORS);
        List<List<Double>> anchors =
                section.get(
                        "anchors",
                        YamlType.list(sides, 1, HeadOptions.MOST_SCALES),
                        HeadOptions.DEFAULT.anchors());
        if (section.has("anchors") && family != null && !family.hasAnchors()) {
            section.problem(
                    "anchors",
                    "networks of family " + family.label() + " have none in the model file");
        }
        if (anchors.stream().anyMatch(scale -> scale.size() % 2 != 0)) {
            section.problem("anchors", "expected width and height of each anchor");
        }
        return anchors;
    }

    private static OnnxRuntimeOptions engine(YamlMapping section) {
        YamlMapping onnxRuntime = section.section("onnxruntime");
        int threads =
                onnxRuntime.get(
                        "threads",
                        YamlType.integer(0, MOST_THREADS),
                        OnnxRuntimeOptions.DEFAULT.threads());
        onnxRuntime.finish();
        section.finish();
        return new OnnxRuntimeOptions(threads);
    }
}
