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
package io.frameflow.operators.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;

/** The order in which publishers with several connections and retries send frames. */
public final class Disorder {
    private Disorder() {}

    /**
     * Lets some frames be overtaken by a few others, and some come twice; the same ones each time.
     *
     * @param frames frames of all cameras, in the order in which they were taken
     * @param cameras number of cameras
     * @param inOrder whether the second frame must not overtake the first
     */
    public static <T> List<T> of(List<T> frames, int cameras, BiPredicate<T, T> inOrder) {
        Random random = new Random(5);
        List<T> disturbed = new ArrayList<>(frames);
        // The first frame of a session must be the first to come.
        for (int i = 4 * cameras; i + 2 * cameras < frames.size(); i += 40) {
            T late = disturbed.get(i);
            int place = i + 1 + random.nextInt(2 * cameras);
            if (disturbed.subList(i, place + 1).stream()
                    .anyMatch(frame -> inOrder.test(late, frame))) {
                continue;
            }
            disturbed.remove(i);
            disturbed.add(place, late);
            if (random.nextInt(3) == 0) {
                disturbed.add(i + 2 * cameras, late);
            }
        }
        return disturbed;
    }
}
