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
package io.frameflow.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.nms.Candidates;
import io.frameflow.nms.GreedyNms;
import io.frameflow.nms.SuppressionCase;
import io.frameflow.resource.NativeResource;
import io.frameflow.resource.ResourceLedger;
import io.frameflow.result.Detections;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@GpuTest
class SuppressKernelTest {
    private static final int SIDE = 640;
    private static final int MAX_DETECTIONS = 300;

    @TempDir Path cacheFolder;
    private Set<NativeResource> before;

    @BeforeEach
    void rememberOpenResources() {
        before = ResourceLedger.snapshot();
    }

    @AfterEach
    void nothingLeaked() {
        assertThat(ResourceLedger.leakedSince(before)).isEmpty();
    }

    /** Sizes around warps, tiles, blocks and the limit of candidates; few and many equal scores. */
    @ParameterizedTest
    @CsvSource({
        "0, 80, false, 0", "1, 80, false, 0", "2, 1, false, 0", "31, 2, false, 0",
        "32, 2, true, 0", "33, 2, false, 0", "63, 3, false, 0", "64, 3, true, 0",
        "65, 3, false, 0", "127, 1, false, 4", "128, 1, false, 0", "129, 80, true, 2",
        "1000, 80, false, 0", "1023, 5, false, 0", "1024, 5, true, 0", "1025, 5, false, 8",
        "4095, 10, false, 0", "4096, 10, true, 0", "4097, 10, false, 0", "8400, 80, false, 50",
        "25200, 80, false, 0", "25200, 1, true, 1000"
    })
    void equalsTheGreedyTwin(int count, int classes, boolean agnostic, int levels) {
        Random random = new Random(count * 31L + classes);
        Candidates candidates = new Candidates(Math.max(1, count));
        for (int i = 0; i < count; i++) {
            float width = 5 + 120 * random.nextFloat();
            float height = 5 + 120 * random.nextFloat();
            float left = -20 + 640 * random.nextFloat();
            float top = -20 + 640 * random.nextFloat();
            float score = 0.01f + 0.98f * random.nextFloat();
            score = levels == 0 ? score : (float) (Math.ceil(score * levels) / (levels + 1));
            candidates.add(
                    i, left, top, left + width, top + height, score, random.nextInt(classes));
        }
        Letterbox letterbox = Letterbox.of(Scaling.CENTERED, 1280, 720, SIDE, SIDE);

        Detections actual =
                SuppressRun.of(candidates, 0.45f, MAX_DETECTIONS, agnostic, letterbox, cacheFolder)
                        .detections();

        Detections expected = twin(candidates, 0.45f, agnostic, letterbox);
        assertThat(actual.classIds()).isEqualTo(expected.classIds());
        assertThat(actual.scores()).isEqualTo(expected.scores());
        assertThat(actual.boxes()).isEqualTo(expected.boxes());
    }

    @Test
    void boxesWithoutAreaOrOutsideTheFrameAreLeftOut() {
        Candidates candidates = new Candidates(4);
        candidates.add(0, 10, 10, 10, 10, 0.9f, 0);
        candidates.add(1, 30, 30, 20, 20, 0.8f, 0);
        candidates.add(2, 30, 10, 60, 90, 0.7f, 0);
        candidates.add(3, 700, 10, 760, 90, 0.6f, 0);
        Letterbox letterbox = Letterbox.of(Scaling.CENTERED, SIDE, SIDE, SIDE, SIDE);

        Detections detections =
                SuppressRun.of(candidates, 0.45f, MAX_DETECTIONS, true, letterbox, cacheFolder)
                        .detections();

        assertThat(detections.scores()).containsExactly(0.7f);
    }

    static List<SuppressionCase> referenceCases() throws IOException {
        List<SuppressionCase> cases = new ArrayList<>(SuppressionCase.onnx());
        cases.addAll(SuppressionCase.torchvision());
        return cases;
    }

    @ParameterizedTest
    @MethodSource("referenceCases")
    void keepsWhatOthersKeep(SuppressionCase one) {
        Letterbox same = Letterbox.of(Scaling.CENTERED, SIDE, SIDE, SIDE, SIDE);

        List<Integer> kept =
                SuppressRun.of(
                                one.candidates(),
                                one.overlapThreshold(),
                                Math.max(1, one.most()),
                                one.classAgnostic(),
                                same,
                                cacheFolder)
                        .keptAnchors();

        assertThat(kept.subList(0, Math.min(kept.size(), one.most()))).isEqualTo(one.keptAnchors());
    }

    private static Detections twin(
            Candidates candidates, float threshold, boolean agnostic, Letterbox letterbox) {
        int[] kept =
                new GreedyNms(SuppressKernel.MAX_CANDIDATES)
                        .select(candidates, threshold, MAX_DETECTIONS, agnostic);
        float[] boxes = new float[4 * kept.length];
        float[] scores = new float[kept.length];
        int[] classIds = new int[kept.length];
        int count = 0;
        for (int i : kept) {
            float left = letterbox.toSourceXClipped(candidates.left(i));
            float top = letterbox.toSourceYClipped(candidates.top(i));
            float width = letterbox.toSourceXClipped(candidates.right(i)) - left;
            float height = letterbox.toSourceYClipped(candidates.bottom(i)) - top;
            if (width > 0 && height > 0) {
                boxes[4 * count] = left;
                boxes[4 * count + 1] = top;
                boxes[4 * count + 2] = width;
                boxes[4 * count + 3] = height;
                scores[count] = candidates.score(i);
                classIds[count++] = candidates.classId(i);
            }
        }
        return Detections.of(
                Arrays.copyOf(boxes, 4 * count),
                Arrays.copyOf(scores, count),
                Arrays.copyOf(classIds, count));
    }
}
