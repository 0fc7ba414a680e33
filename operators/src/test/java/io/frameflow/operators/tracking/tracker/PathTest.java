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
package io.frameflow.operators.tracking.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PathTest {
    private final Path path = new Path();

    @Test
    void aSinglePlaceHasNoDirection() {
        path.add(1, 10, 10, 3);

        assertThat(path.directionX()).isZero();
        assertThat(path.directionY()).isZero();
        assertThat(path.count()).isEqualTo(1);
    }

    @Test
    void theDirectionIsMeasuredOverTheSpan() {
        path.add(1, 0, 0, 3);
        path.add(2, 100, 0, 3);
        path.add(3, 100, 50, 3);
        assertDirection(100, 50);

        path.add(4, 100, 100, 3);
        assertDirection(100, 100);

        // The place of frame 1 is too long ago now.
        path.add(5, 100, 200, 3);
        assertDirection(0, 200);
        assertThat(path.count()).isEqualTo(3);
    }

    @Test
    void afterAGapTheLatestPlaceServes() {
        path.add(1, 0, 0, 3);
        path.add(2, 10, 0, 3);
        path.add(20, 10, 40, 3);

        assertDirection(0, 40);
        assertThat(path.firstSince(19)).isEqualTo(path.count() - 1);
        assertThat(path.firstSince(25)).isEqualTo(path.count() - 1);
    }

    @Test
    void whoDoesNotMoveHasNoDirection() {
        path.add(1, 5, 5, 3);
        path.add(2, 5, 5, 3);

        assertThat(path.directionX()).isZero();
        assertThat(path.directionY()).isZero();
    }

    @Test
    void withoutASpanNothingIsKept() {
        path.add(1, 0, 0, 0);

        assertThat(path.count()).isZero();
        assertThat(path.firstSince(0)).isEqualTo(-1);
    }

    @Test
    void directionsFollowTheFrameWhenItIsScaled() {
        path.add(1, 0, 0, 3);
        path.add(2, 10, 10, 3);

        path.rescale(2, 1);

        assertDirection(20, 10);
        assertThat(path.x(1)).isEqualTo(20);
        assertThat(path.y(1)).isEqualTo(10);
    }

    private void assertDirection(double x, double y) {
        double length = Math.hypot(x, y);
        assertThat((double) path.directionX()).isCloseTo(x / length, within(1e-6));
        assertThat((double) path.directionY()).isCloseTo(y / length, within(1e-6));
    }
}
