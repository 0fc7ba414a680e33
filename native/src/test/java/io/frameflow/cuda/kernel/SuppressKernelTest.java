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

import io.frameflow.cuda.CudaDevice;
import io.frameflow.cuda.CudaStream;
import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.cuda.PinnedBuffer;
import io.frameflow.geometry.Letterbox;
import io.frameflow.geometry.Scaling;
import io.frameflow.image.ImageEncoding;
import io.frameflow.nms.Candidates;
import io.frameflow.nms.GreedyNms;
import io.frameflow.resource.NativeResource;
import io.frameflow.resource.ResourceLedger;
import io.frameflow.result.Detections;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

        Detections actual = suppress(candidates, 0.45f, agnostic, letterbox);

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

        Detections detections = suppress(candidates, 0.45f, true, letterbox);

        assertThat(detections.scores()).containsExactly(0.7f);
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

    /** Runs the kernel on three pictures, the middle one of which holds the candidates. */
    private Detections suppress(
            Candidates candidates, float threshold, boolean agnostic, Letterbox letterbox) {
        int anchors = Math.max(1, candidates.count());
        CudaDevice device = CudaDevice.open(0);
        KernelCache cache = new KernelCache(cacheFolder);
        try (CudaStream stream = new CudaStream();
                FrameDescriptors frames = new FrameDescriptors(3);
                CandidateBuffers buffers = new CandidateBuffers(3, anchors);
                DetectionBuffers detections = new DetectionBuffers(3, MAX_DETECTIONS);
                SuppressKernel kernel =
                        new SuppressKernel(
                                device, cache, frames, buffers, threshold, agnostic, detections)) {
            frames.set(1, 0, 0, ImageEncoding.RGB8, letterbox);
            frames.upload(stream);
            upload(candidates, buffers, stream);
            kernel.launch(stream);
            detections.download(stream);
            stream.synchronize();
            assertThat(detections.read(0).count()).isZero();
            assertThat(detections.read(2).count()).isZero();
            return detections.read(1);
        }
    }

    /** Puts the candidates in a random order into the middle picture. */
    private static void upload(Candidates candidates, CandidateBuffers buffers, CudaStream stream) {
        int anchors = buffers.anchors();
        int count = candidates.count();
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        java.util.Collections.shuffle(Arrays.asList(order), new Random(5));
        put(
                buffers.keys(),
                stream,
                view -> {
                    for (int k = 0; k < count; k++) {
                        int i = order[k];
                        long score = Float.floatToRawIntBits(candidates.score(i));
                        long key = score << 32 | (0xFFFFFFFFL - candidates.anchor(i));
                        view.putLong(8 * (anchors + k), key);
                    }
                });
        put(
                buffers.boxes(),
                stream,
                view -> {
                    for (int i = 0; i < count; i++) {
                        int at = 16 * (anchors + candidates.anchor(i));
                        view.putFloat(at, candidates.left(i));
                        view.putFloat(at + 4, candidates.top(i));
                        view.putFloat(at + 8, candidates.right(i));
                        view.putFloat(at + 12, candidates.bottom(i));
                    }
                });
        put(
                buffers.classIds(),
                stream,
                view -> {
                    for (int i = 0; i < count; i++) {
                        view.putInt(4 * (anchors + candidates.anchor(i)), candidates.classId(i));
                    }
                });
        put(buffers.state(), stream, view -> view.putInt(4, count));
    }

    private static void put(DeviceBuffer target, CudaStream stream, Consumer<ByteBuffer> content) {
        try (PinnedBuffer host = new PinnedBuffer(target.bytes())) {
            for (int i = 0; i < host.bytes(); i++) {
                host.view().put(i, (byte) 0);
            }
            content.accept(host.view());
            target.copyFrom(host, host.bytes(), stream);
            stream.synchronize();
        }
    }
}
