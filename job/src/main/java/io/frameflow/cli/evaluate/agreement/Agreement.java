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
package io.frameflow.cli.evaluate.agreement;

import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.FrameResult.Examined;
import io.frameflow.result.ClassMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the results of two engines on the same pictures, and tells how far they agree. */
public final class Agreement {
    private static final double PERCENT = 100;

    private final DetectionAgreement detections = new DetectionAgreement();
    private long pictures;
    private long rejectedByOne;
    private long pixels;
    private long equalPixels;

    /**
     * Adds a picture.
     *
     * @throws IllegalArgumentException if the results are of pictures or maps of different sizes
     */
    public void add(FrameResult one, FrameResult other) {
        pictures++;
        if (one instanceof Examined first && other instanceof Examined second) {
            detections.add(first.detections(), second.detections());
            if (first.findings().classMap().isPresent()
                    && second.findings().classMap().isPresent()) {
                compare(first.findings().classMap().get(), second.findings().classMap().get());
            }
        } else if (one instanceof Examined || other instanceof Examined) {
            rejectedByOne++;
        }
    }

    private void compare(ClassMap one, ClassMap other) {
        if (one.width() != other.width() || one.height() != other.height()) {
            throw new IllegalArgumentException(
                    "class maps of %d x %d and %d x %d pixels"
                            .formatted(one.width(), one.height(), other.width(), other.height()));
        }
        byte[] first = one.classIds();
        byte[] second = other.classIds();
        pixels += first.length;
        for (int i = 0; i < first.length; i++) {
            equalPixels += first[i] == second[i] ? 1 : 0;
        }
    }

    /**
     * The figures: {@code pictures}; {@code rejectedByOne}, those that only one engine gave a
     * result for; {@code detections}, {@code otherDetections} and {@code matched}; {@code
     * agreement}, twice the matched ones over all detections in percent; mean and greatest
     * difference of scores, of boxes (the side that differs most, in pixels) and of keypoints (in
     * pixels) of matched ones; and for class maps {@code equalPixels} in percent. Null where there
     * was nothing to compare.
     */
    public Map<String, @Nullable Object> figures() {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("pictures", pictures);
        figures.put("rejectedByOne", rejectedByOne);
        detections.put(figures);
        figures.put("pixels", pixels);
        figures.put("equalPixels", pixels == 0 ? null : PERCENT * equalPixels / pixels);
        return figures;
    }
}
