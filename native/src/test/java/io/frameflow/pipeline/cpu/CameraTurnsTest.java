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
package io.frameflow.pipeline.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.image.ImageEncoding;
import io.frameflow.pipeline.EncodedFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CameraTurnsTest {
    @Test
    void framesOfACameraAreWorkedOnInOrderAndOneAtATime() throws InterruptedException {
        CameraTurns turns = new CameraTurns();
        Map<String, List<Long>> seen = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Random random = new Random(1);
        for (long sequence = 0; sequence < 600; sequence++) {
            EncodedFrame frame = frame("camera" + random.nextInt(3), sequence);
            CameraTurns.Turn turn = turns.next(frame);
            boolean bad = random.nextInt(5) == 0;
            int pause = random.nextInt(3);
            threads.execute(
                    () -> {
                        try {
                            if (!bad) {
                                Thread.sleep(pause);
                                turn.await();
                                seen.computeIfAbsent(frame.cameraId(), id -> new ArrayList<>())
                                        .add(frame.sequence());
                            }
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        } finally {
                            turn.end();
                        }
                    });
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).hasSize(3);
        assertThat(seen.values())
                .allSatisfy(sequences -> assertThat(sequences).isSorted().hasSizeGreaterThan(100));
    }

    private static EncodedFrame frame(String camera, long sequence) {
        return new EncodedFrame(
                camera, sequence, 0, ImageEncoding.GRAY8, 1, 1, ByteBuffer.allocate(1));
    }
}
