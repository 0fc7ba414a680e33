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
package io.frameflow.cli.evaluate.segmentation;

import io.frameflow.result.ClassMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cityscapes' figures for class maps: intersection over union of each class and category. */
public final class SegmentationEvaluation {
    private static final double PERCENT = 100;

    private SegmentationEvaluation() {}

    /**
     * Compares class maps with ground truth.
     *
     * @param truth a PNG, or a folder with PNGs at any depth; where it has files that end in {@code
     *     labelIds.png}, only those, so that Cityscapes' folders can be given as they are
     * @param results a PNG, or a folder with one for each picture of the ground truth
     * @return figures by the names of Cityscapes' own evaluation, in percent; null where neither
     *     ground truth nor result has the class
     * @throws IOException if files are missing, cannot be read, or differ in size
     */
    public static Map<String, @Nullable Object> evaluate(Path truth, Path results)
            throws IOException {
        ConfusionMatrix matrix = new ConfusionMatrix();
        Map<LabelPicture, LabelPicture> pairs = pairs(truth, results);
        for (Map.Entry<LabelPicture, LabelPicture> pair : pairs.entrySet()) {
            add(pair.getKey(), pair.getValue(), matrix);
        }
        if (matrix.judged() == 0) {
            throw new IOException("no pixel of " + truth + " is of a class that is judged");
        }
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        Map<String, @Nullable Object> classes = new LinkedHashMap<>();
        for (CityscapesClass one : CityscapesClass.values()) {
            put(classes, one.label(), matrix.intersectionOverUnion(List.of(one)));
        }
        Map<String, @Nullable Object> categories = new LinkedHashMap<>();
        for (CityscapesClass.Category category : CityscapesClass.Category.values()) {
            List<CityscapesClass> members =
                    Arrays.stream(CityscapesClass.values())
                            .filter(one -> one.category() == category)
                            .toList();
            put(
                    categories,
                    category.name().toLowerCase(Locale.ROOT),
                    matrix.intersectionOverUnion(members));
        }
        figures.put("averageScoreClasses", average(classes));
        figures.put("averageScoreCategories", average(categories));
        figures.put("classScores", classes);
        figures.put("categoryScores", categories);
        figures.put("pictures", (long) pairs.size());
        figures.put("judgedPixels", matrix.judged());
        return figures;
    }

    private static void put(
            Map<String, @Nullable Object> figures, String name, OptionalDouble share) {
        figures.put(name, share.isPresent() ? PERCENT * share.getAsDouble() : null);
    }

    /** Mean of the figures that there are. */
    private static double average(Map<String, @Nullable Object> figures) {
        return figures.values().stream()
                .filter(Double.class::isInstance)
                .mapToDouble(Double.class::cast)
                .average()
                .orElse(0);
    }

    private static void add(LabelPicture truth, LabelPicture result, ConfusionMatrix matrix)
            throws IOException {
        ClassMap expected = truth.map();
        ClassMap found = result.map();
        if (expected.width() != found.width() || expected.height() != found.height()) {
            throw new IOException(
                    "%s has %d x %d pixels, %s %d x %d: they must be the same"
                            .formatted(
                                    truth.file(),
                                    expected.width(),
                                    expected.height(),
                                    result.file(),
                                    found.width(),
                                    found.height()));
        }
        matrix.add(
                truth.read(ConfusionMatrix.OTHER, expected),
                result.read(ConfusionMatrix.OTHER, found));
    }

    private static Map<LabelPicture, LabelPicture> pairs(Path truth, Path results)
            throws IOException {
        if (Files.isRegularFile(truth) && Files.isRegularFile(results)) {
            return Map.of(new LabelPicture(truth), new LabelPicture(results));
        }
        Map<String, LabelPicture> found = byFrame(pictures(results));
        Map<LabelPicture, LabelPicture> pairs = new LinkedHashMap<>();
        for (LabelPicture one : byFrame(labelIdsIfAny(pictures(truth))).values()) {
            LabelPicture result = found.get(one.frame());
            if (result == null) {
                throw new IOException(
                        "%s has no picture for %s: expected %s.png"
                                .formatted(results, one.file(), one.frame()));
            }
            pairs.put(one, result);
        }
        return pairs;
    }

    private static List<LabelPicture> pictures(Path location) throws IOException {
        List<LabelPicture> pictures = new ArrayList<>();
        try (Stream<Path> files = Files.walk(location)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".png"))
                    .map(LabelPicture::new)
                    .forEach(pictures::add);
        }
        if (pictures.isEmpty()) {
            throw new IOException("there are no .png files in " + location);
        }
        return pictures;
    }

    private static List<LabelPicture> labelIdsIfAny(List<LabelPicture> pictures) {
        List<LabelPicture> labelIds =
                pictures.stream()
                        .filter(picture -> picture.file().toString().endsWith("labelIds.png"))
                        .toList();
        return labelIds.isEmpty() ? pictures : labelIds;
    }

    private static Map<String, LabelPicture> byFrame(List<LabelPicture> pictures)
            throws IOException {
        Map<String, LabelPicture> byFrame = new TreeMap<>();
        for (LabelPicture picture : pictures) {
            LabelPicture before = byFrame.putIfAbsent(picture.frame(), picture);
            if (before != null) {
                throw new IOException(
                        before.file() + " and " + picture.file() + " are for the same picture");
            }
        }
        return byFrame;
    }
}
