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
import io.frameflow.nms.Candidates;
import io.frameflow.result.Detections;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Runs the kernel on three pictures, the middle one of which holds the candidates. */
final class SuppressRun {
    private SuppressRun() {}

    /** What the kernel leaves: the boxes in the frame, and the anchors of all that it kept. */
    record Outcome(Detections detections, List<Integer> keptAnchors) {}

    static Outcome of(
            Candidates candidates,
            float threshold,
            int most,
            boolean agnostic,
            Letterbox letterbox,
            Path cacheFolder) {
        int anchors = Math.max(1, candidates.count());
        CudaDevice device = CudaDevice.open(0);
        KernelCache cache = new KernelCache(cacheFolder);
        try (CudaStream stream = new CudaStream();
                FrameDescriptors frames = new FrameDescriptors(3);
                CandidateBuffers buffers = new CandidateBuffers(3, anchors);
                DetectionBuffers detections = new DetectionBuffers(3, most, 0);
                SuppressKernel kernel =
                        new SuppressKernel(
                                device,
                                cache,
                                frames,
                                buffers,
                                threshold,
                                agnostic,
                                null,
                                detections)) {
            frames.set(1, 0, 0, PictureLayout.RGB8, letterbox);
            frames.upload(stream);
            upload(candidates, buffers, stream);
            kernel.launch(stream);
            stream.synchronize();
            assertThat(detections.read(0).count()).isZero();
            assertThat(detections.read(2).count()).isZero();
            return new Outcome(
                    detections.read(1), Arrays.stream(detections.keptAnchors(1)).boxed().toList());
        }
    }

    /** Puts the candidates in a random order into the middle picture. */
    private static void upload(Candidates candidates, CandidateBuffers buffers, CudaStream stream) {
        int anchors = buffers.anchors();
        int count = candidates.count();
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Collections.shuffle(Arrays.asList(order), new Random(5));
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
