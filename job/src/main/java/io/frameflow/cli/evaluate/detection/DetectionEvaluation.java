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
package io.frameflow.cli.evaluate.detection;

import io.frameflow.cli.evaluate.detection.ImageMatching.Outcome;
import io.frameflow.result.Detections;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * COCO's figures for a file of results: average precision and recall over the thresholds 0.50,
 * 0.55, ... 0.95, at single ones, for objects of several sizes and, for boxes, for the best 1, 10
 * and 100 results an image. Each is the mean over the categories that have such objects.
 */
public final class DetectionEvaluation {
    private static final int THRESHOLDS = 10;
    private static final int AT_50 = 0;
    private static final int AT_75 = 5;
    private static final double PERCENT = 100;

    /** What pycocotools gives where there are no objects to be found. */
    private static final double UNDEFINED = -1;

    private final EvaluationKind kind;
    private final int mostResults;
    private final double[] thresholds = thresholds();

    /** Prepares for boxes or for keypoints. */
    public DetectionEvaluation(EvaluationKind kind) {
        this(kind, kind.mostResults());
    }

    private DetectionEvaluation(EvaluationKind kind, int mostResults) {
        this.kind = kind;
        this.mostResults = mostResults;
    }

    /** As NumPy's linspace has them, so that a similarity at a threshold falls on the same side. */
    private static double[] thresholds() {
        double first = 0.5;
        double last = 0.95;
        double step = (last - first) / (THRESHOLDS - 1);
        double[] thresholds = new double[THRESHOLDS];
        for (int t = 0; t < THRESHOLDS; t++) {
            thresholds[t] = t == THRESHOLDS - 1 ? last : first + t * step;
        }
        return thresholds;
    }

    /**
     * Compares results with ground truth.
     *
     * @param truth COCO's file of annotations
     * @param results COCO's file of results
     * @return figures by pycocotools' names and in its order, in percent; -1 where there are no
     *     objects to be found
     * @throws IOException if a file cannot be read or is not what it must be
     */
    public Map<String, Double> evaluate(Path truth, Path results) throws IOException {
        CocoTruth objects = CocoTruth.read(truth, kind);
        return figures(objects, CocoResults.read(results, kind, objects));
    }

    /**
     * Compares boxes with others that are taken as the truth: those that one detector found with
     * those of another. All count, where COCO's figures have a hundred of a category and picture:
     * what one found, the other can find.
     *
     * @param truth objects that are to be found, of each picture
     * @param results objects that were found, of the same pictures
     * @return the average precisions by pycocotools' names and in its order, in percent; -1 where
     *     there are no objects to be found
     */
    public static Map<String, Double> compareBoxes(
            List<Detections> truth, List<Detections> results) {
        DetectionEvaluation evaluation =
                new DetectionEvaluation(EvaluationKind.BBOX, Integer.MAX_VALUE);
        Map<String, Double> figures = new LinkedHashMap<>();
        evaluation.putPrecisions(
                figures,
                evaluation.matchAll(CocoTruth.of(truth), CocoResults.of(results)),
                AreaRange.SMALL,
                AreaRange.MEDIUM,
                AreaRange.LARGE);
        return figures;
    }

    private Map<String, Double> figures(CocoTruth objects, CocoResults found) {
        List<Map<AreaRange, List<Outcome>>> categories = matchAll(objects, found);
        return kind == EvaluationKind.BBOX ? boxFigures(categories) : pointFigures(categories);
    }

    private List<Map<AreaRange, List<Outcome>>> matchAll(CocoTruth objects, CocoResults found) {
        List<Map<AreaRange, List<Outcome>>> categories = new ArrayList<>();
        for (long category : objects.categories()) {
            categories.add(match(objects, found, category));
        }
        return categories;
    }

    /** The outcome of each image that has something of a category, for each range of sizes. */
    private Map<AreaRange, List<Outcome>> match(
            CocoTruth truth, CocoResults results, long category) {
        Map<AreaRange, List<Outcome>> outcomes = new EnumMap<>(AreaRange.class);
        kind.areaRanges().forEach(range -> outcomes.put(range, new ArrayList<>()));
        for (long image : truth.images()) {
            List<TruthObject> objects = truth.objects(image, category);
            List<ResultObject> found = results.objects(image, category);
            if (!objects.isEmpty() || !found.isEmpty()) {
                ImageMatching matching = new ImageMatching(kind, mostResults, found, objects);
                outcomes.forEach((range, list) -> list.add(matching.match(range, thresholds)));
            }
        }
        return outcomes;
    }

    private Map<String, Double> boxFigures(List<Map<AreaRange, List<Outcome>>> categories) {
        Map<String, Double> figures = new LinkedHashMap<>();
        int most = mostResults;
        putPrecisions(figures, categories, AreaRange.SMALL, AreaRange.MEDIUM, AreaRange.LARGE);
        for (int count : new int[] {1, 10, most}) {
            figures.put(
                    "AR" + count, mean(categories, AreaRange.ALL, count, PrecisionRecall::recall));
        }
        figures.put("ARs", mean(categories, AreaRange.SMALL, most, PrecisionRecall::recall));
        figures.put("ARm", mean(categories, AreaRange.MEDIUM, most, PrecisionRecall::recall));
        figures.put("ARl", mean(categories, AreaRange.LARGE, most, PrecisionRecall::recall));
        return figures;
    }

    private Map<String, Double> pointFigures(List<Map<AreaRange, List<Outcome>>> categories) {
        Map<String, Double> figures = new LinkedHashMap<>();
        int most = mostResults;
        putPrecisions(figures, categories, AreaRange.MEDIUM, AreaRange.LARGE);
        figures.put("AR", mean(categories, AreaRange.ALL, most, PrecisionRecall::recall));
        figures.put("AR50", mean(categories, AreaRange.ALL, most, it -> it.recall(AT_50)));
        figures.put("AR75", mean(categories, AreaRange.ALL, most, it -> it.recall(AT_75)));
        figures.put("ARm", mean(categories, AreaRange.MEDIUM, most, PrecisionRecall::recall));
        figures.put("ARl", mean(categories, AreaRange.LARGE, most, PrecisionRecall::recall));
        return figures;
    }

    private void putPrecisions(
            Map<String, Double> figures,
            List<Map<AreaRange, List<Outcome>>> categories,
            AreaRange... sizes) {
        int most = mostResults;
        ToDoubleFunction<PrecisionRecall> all = PrecisionRecall::averagePrecision;
        figures.put("AP", mean(categories, AreaRange.ALL, most, all));
        figures.put(
                "AP50", mean(categories, AreaRange.ALL, most, it -> it.averagePrecision(AT_50)));
        figures.put(
                "AP75", mean(categories, AreaRange.ALL, most, it -> it.averagePrecision(AT_75)));
        for (AreaRange size : sizes) {
            String name = "AP" + Character.toLowerCase(size.name().charAt(0));
            figures.put(name, mean(categories, size, most, all));
        }
    }

    /** Mean over the categories that have objects of the sizes in question. */
    private static double mean(
            List<Map<AreaRange, List<Outcome>>> categories,
            AreaRange range,
            int mostResults,
            ToDoubleFunction<PrecisionRecall> figure) {
        return categories.stream()
                .map(images -> images.getOrDefault(range, List.of()))
                .map(images -> PrecisionRecall.of(images, mostResults, THRESHOLDS))
                .filter(PrecisionRecall::isDefined)
                .mapToDouble(figure)
                .map(share -> PERCENT * share)
                .average()
                .orElse(UNDEFINED);
    }
}
