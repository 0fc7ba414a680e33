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
package io.frameflow.denoise.gpu;

import io.frameflow.cuda.CudaEvent;
import io.frameflow.cuda.CudaStream;
import io.frameflow.resource.Rollback;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Times of work on a card that is kept busy before and meanwhile: one that idles between rounds
 * lowers its clocks, and what it does next takes twice or three times as long.
 */
final class BusyTimes {
    /** How long the card works before what is measured. */
    static final long WARM_UP_NANOS = 300_000_000;

    static final int ROUNDS = 60;

    private BusyTimes() {}

    /** Times of a part of the work, in milliseconds. */
    record Times(double median, double least) {
        static Times of(double[] millis) {
            double[] sorted = millis.clone();
            Arrays.sort(sorted);
            return new Times(sorted[sorted.length / 2], sorted[0]);
        }
    }

    /**
     * Measures rounds of work. All of them are queued without a wait for the card; where its queue
     * is full, the driver waits.
     *
     * @param parts queue a part of a round, whose number they are given; measured one by one
     */
    static List<Times> measure(CudaStream stream, List<IntConsumer> parts) {
        try (Rollback owned = new Rollback()) {
            CudaEvent[][] events = new CudaEvent[ROUNDS][parts.size() + 1];
            for (CudaEvent[] ofRound : events) {
                Arrays.setAll(ofRound, i -> owned.add(new CudaEvent()));
            }
            int round = 0;
            long start = System.nanoTime();
            while (System.nanoTime() - start < WARM_UP_NANOS) {
                for (IntConsumer part : parts) {
                    part.accept(round);
                }
                round++;
            }
            for (CudaEvent[] ofRound : events) {
                ofRound[0].record(stream);
                for (int i = 0; i < parts.size(); i++) {
                    parts.get(i).accept(round);
                    ofRound[i + 1].record(stream);
                }
                round++;
            }
            stream.synchronize();
            return times(events, parts.size());
        }
    }

    private static List<Times> times(CudaEvent[][] events, int parts) {
        List<Times> times = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            double[] millis = new double[events.length];
            for (int round = 0; round < events.length; round++) {
                millis[round] = events[round][i + 1].nanosSince(events[round][i]) / 1e6;
            }
            times.add(Times.of(millis));
        }
        return times;
    }
}
