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
package io.frameflow.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxOverlapTest {

    @ParameterizedTest
    @CsvSource({
        // left, top, right, bottom of each, expected
        "0, 0, 10, 10, 0, 0, 10, 10, 1", // the same
        "0, 0, 10, 10, 5, 0, 15, 10, 0.33333334", // half over half
        "0, 0, 10, 10, 2, 2, 4, 4, 0.04", // one within the other
        "0, 0, 10, 10, 10, 0, 20, 10, 0", // they touch
        "0, 0, 10, 10, 30, 30, 40, 40, 0", // apart
        "5, 5, 5, 5, 5, 5, 5, 5, 0", // both without area
        "0, 0, 10, 10, 5, 5, 5, 8, 0", // one without area
        "10, 10, 0, 0, 0, 0, 10, 10, 0", // corners the wrong way round
        "-10, -10, 0, 0, -5, -10, 5, 0, 0.33333334", // left of and above the frame
    })
    void dividesIntersectionByUnion(
            float l, float t, float r, float b, float l2, float t2, float r2, float b2, float iou) {
        assertThat(BoxOverlap.iou(l, t, r, b, l2, t2, r2, b2)).isEqualTo(iou);
    }

    @Test
    void isNotANumberForACoordinateThatIsNone() {
        assertThat(BoxOverlap.iou(Float.NaN, 0, 10, 10, 0, 0, 10, 10)).isNaN();
    }

    @Property
    void isSymmetricAndWithinOne(
            @ForAll @FloatRange(max = 100) float l,
            @ForAll @FloatRange(max = 100) float t,
            @ForAll @FloatRange(max = 100) float w,
            @ForAll @FloatRange(max = 100) float h,
            @ForAll @FloatRange(max = 100) float l2,
            @ForAll @FloatRange(max = 100) float t2,
            @ForAll @FloatRange(max = 100) float w2,
            @ForAll @FloatRange(max = 100) float h2) {
        float iou = BoxOverlap.iou(l, t, l + w, t + h, l2, t2, l2 + w2, t2 + h2);
        float turned = BoxOverlap.iou(l2, t2, l2 + w2, t2 + h2, l, t, l + w, t + h);

        assertThat(iou).isEqualTo(turned).isBetween(0f, 1.0001f);
        assertThat(iou).isCloseTo(exact(l, t, w, h, l2, t2, w2, h2), within(1e-3f));
    }

    private static float exact(
            double l, double t, double w, double h, double l2, double t2, double w2, double h2) {
        double width = Math.max(0, Math.min(l + w, l2 + w2) - Math.max(l, l2));
        double height = Math.max(0, Math.min(t + h, t2 + h2) - Math.max(t, t2));
        double union = w * h + w2 * h2 - width * height;
        return width * height == 0 ? 0 : (float) (width * height / union);
    }
}
