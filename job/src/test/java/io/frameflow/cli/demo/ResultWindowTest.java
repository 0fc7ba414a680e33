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
package io.frameflow.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ResultWindowTest {
    private final ResultWindow window = new ResultWindow(2);

    @Test
    void holdsACameraBackThatHasEnoughFramesOnTheirWay() throws Exception {
        window.await("gate", 0);
        window.await("gate", 1);
        CompletableFuture<Void> third = publish("gate", 2);
        window.await("yard", 0);

        assertThat(third).isNotDone();
        window.cameOut("yard", 0);
        assertThat(third).isNotDone();

        window.cameOut("gate", 1);
        third.get(10, TimeUnit.SECONDS);
    }

    @Test
    void lettingGoEndsAllWaiting() throws Exception {
        window.await("gate", 0);
        window.await("gate", 1);
        CompletableFuture<Void> third = publish("gate", 2);

        window.release();

        third.get(10, TimeUnit.SECONDS);
        window.await("gate", 3);
    }

    @Test
    void tellsForHowLongAFrameWasOnItsWayOnce() throws Exception {
        long start = System.nanoTime();
        window.await("gate", 0);
        Thread.sleep(5);

        assertThat(window.cameOut("gate", 0).orElseThrow())
                .isBetween(5_000L, (System.nanoTime() - start) / 1000);
        assertThat(window.cameOut("gate", 0)).as("a second time").isEmpty();
        assertThat(window.cameOut("yard", 0)).as("never published").isEmpty();
    }

    private CompletableFuture<Void> publish(String cameraId, long sequence) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        window.await(cameraId, sequence);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }
}
