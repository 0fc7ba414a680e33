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
package io.frameflow.cli.evaluate.accuracy;

import io.frameflow.cli.evaluate.agreement.Agreement;
import io.frameflow.cli.evaluate.detection.DetectionEvaluation;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.FrameResult.Examined;
import io.frameflow.result.ClassMap;
import io.frameflow.result.Detections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures results against those of the same network in single precision, which are taken as the
 * truth. For objects the metric is COCO's average precision at an overlap of half: with labelled
 * truth, boxes that move by a pixel are as often better as they are worse, but with another
 * engine's boxes as truth each such move would be a loss at the high overlaps of COCO's mean, which
 * is told besides. For class maps it is the intersection over union. Classes have the weight of
 * what the reference found of them: in a plain mean, which is told besides, a class of two objects
 * in all pictures would decide as much as one of hundreds.
 */
public final class AccuracyComparison {
    private static final double ALL = 100;

    private final Agreement agreement = new Agreement();
    private final List<Detections> expected = new ArrayList<>();
    private final List<Detections> ranked = new ArrayList<>();
    private final ClassMapScores classMaps = new ClassMapScores();
    private int rejectedByReference;
    private int pictures;

    /**
     * Adds a picture; one that the reference rejects does not count.
     *
     * @param result what is judged
     * @param withLowScores the same with objects of low scores, too: average precision ranks
     *     objects by their scores, and one just below a threshold is not lost
     */
    public void add(FrameResult reference, FrameResult result, FrameResult withLowScores) {
        pictures++;
        if (!(reference instanceof Examined truth)) {
            rejectedByReference++;
            return;
        }
        agreement.add(reference, result);
        expected.add(truth.detections());
        Detections none = Detections.empty();
        ranked.add(withLowScores instanceof Examined examined ? examined.detections() : none);
        truth.findings().classMap().ifPresent(map -> compare(map, result));
    }

    private void compare(ClassMap truth, FrameResult result) {
        if (result instanceof Examined examined) {
            classMaps.add(truth, examined.findings().classMap().orElseThrow());
        } else {
            classMaps.addMissed(truth);
        }
    }

    /**
     * What was lost of the task's metric; empty if the reference found nothing that could be lost.
     */
    public Optional<AccuracyLoss> loss() {
        if (!classMaps.isEmpty()) {
            return Optional.of(
                    new AccuracyLoss("fwIoU", ALL, classMaps.weightedIntersectionOverUnion()));
        }
        if (expected.stream().allMatch(detections -> detections.count() == 0)) {
            return Optional.empty();
        }
        return Optional.of(new AccuracyLoss("AP50", ALL, weightedPrecision()));
    }

    private double weightedPrecision() {
        SortedMap<Integer, Integer> objects = new TreeMap<>();
        for (Detections detections : expected) {
            for (int classId : detections.classIds()) {
                objects.merge(classId, 1, Integer::sum);
            }
        }
        double sum = 0;
        int all = 0;
        for (var entry : objects.entrySet()) {
            Map<String, Double> figures =
                    DetectionEvaluation.compareBoxes(
                            ofClass(expected, entry.getKey()), ofClass(ranked, entry.getKey()));
            sum += entry.getValue() * figures.getOrDefault("AP50", 0.0);
            all += entry.getValue();
        }
        return sum / all;
    }

    private static List<Detections> ofClass(List<Detections> all, int classId) {
        return all.stream().map(detections -> ofClass(detections, classId)).toList();
    }

    private static Detections ofClass(Detections all, int classId) {
        int[] kept =
                IntStream.range(0, all.count()).filter(i -> all.classIds()[i] == classId).toArray();
        float[] boxes = new float[4 * kept.length];
        float[] scores = new float[kept.length];
        int[] classIds = new int[kept.length];
        for (int i = 0; i < kept.length; i++) {
            System.arraycopy(all.boxes(), 4 * kept[i], boxes, 4 * i, 4);
            scores[i] = all.scores()[kept[i]];
            classIds[i] = classId;
        }
        return Detections.of(boxes, scores, classIds);
    }

    /**
     * All figures by name: {@code metric}, its value for the reference and for what is judged, and
     * the difference in {@code loss}; the plain means over the classes, {@code mIoU} or COCO's
     * {@code AP}, {@code AP50} and {@code AP75} as {@code meanAP} and so on; then how far the two
     * agree, see {@link Agreement#figures()}.
     */
    public Map<String, @Nullable Object> figures() {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        loss().ifPresent(
                        loss -> {
                            figures.put("metric", loss.metric());
                            figures.put("reference", loss.reference());
                            figures.put("result", loss.result());
                            figures.put("loss", loss.points());
                        });
        if (!classMaps.isEmpty()) {
            figures.put("mIoU", classMaps.meanIntersectionOverUnion());
        } else if (!figures.isEmpty()) {
            Map<String, Double> boxes = DetectionEvaluation.compareBoxes(expected, ranked);
            for (String name : List.of("AP", "AP50", "AP75")) {
                figures.put("mean" + name, boxes.get(name));
            }
        }
        figures.putAll(agreement.figures());
        figures.put("pictures", pictures);
        figures.put("rejectedByReference", rejectedByReference);
        return figures;
    }
}
