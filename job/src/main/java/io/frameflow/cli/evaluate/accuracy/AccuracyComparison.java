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
import org.jspecify.annotations.Nullable;

/**
 * Measures results against those of the same network in single precision, which are taken as the
 * truth. For objects the metric is COCO's average precision at an overlap of half: with labelled
 * truth, boxes that move by a pixel are as often better as they are worse, but with another
 * engine's boxes as truth each such move would be a loss at the high overlaps of COCO's mean, which
 * is told besides. For class maps it is the mean intersection over union of the classes.
 */
public final class AccuracyComparison {
    private static final double ALL = 100;

    private final Agreement agreement = new Agreement();
    private final List<Detections> expected = new ArrayList<>();
    private final List<Detections> found = new ArrayList<>();
    private final ClassMapScores classMaps = new ClassMapScores();
    private int rejectedByReference;
    private int pictures;

    /** Adds a picture; one that the reference rejects does not count. */
    public void add(FrameResult reference, FrameResult result) {
        pictures++;
        if (!(reference instanceof Examined truth)) {
            rejectedByReference++;
            return;
        }
        agreement.add(reference, result);
        expected.add(truth.detections());
        Detections none = Detections.empty();
        found.add(result instanceof Examined examined ? examined.detections() : none);
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
                    new AccuracyLoss("mIoU", ALL, classMaps.meanIntersectionOverUnion()));
        }
        if (expected.stream().allMatch(detections -> detections.count() == 0)) {
            return Optional.empty();
        }
        return Optional.of(new AccuracyLoss("AP50", ALL, boxes().getOrDefault("AP50", 0.0)));
    }

    private Map<String, Double> boxes() {
        return DetectionEvaluation.compareBoxes(expected, found);
    }

    /**
     * All figures by name: {@code metric}, its value for the reference and for what is judged, and
     * the difference in {@code loss}; COCO's {@code AP} and {@code AP75} for objects; then how far
     * the two agree, see {@link Agreement#figures()}.
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
        if (classMaps.isEmpty() && !figures.isEmpty()) {
            Map<String, Double> boxes = boxes();
            figures.put("AP", boxes.get("AP"));
            figures.put("AP75", boxes.get("AP75"));
        }
        figures.putAll(agreement.figures());
        figures.put("pictures", pictures);
        figures.put("rejectedByReference", rejectedByReference);
        return figures;
    }
}
