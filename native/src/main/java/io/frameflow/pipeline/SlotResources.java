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
package io.frameflow.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a pipeline may use in the place where it is opened.
 *
 * @param gpus numbers of the cards that the pipelines of this process share out among themselves,
 *     ascending, as CUDA counts them; absent where nobody has said which, so that all are meant
 *     that the process sees; present without a number where somebody promised cards and none was
 *     found, so that a pipeline that needs one must not open
 */
public record SlotResources(Optional<List<Integer>> gpus) {
    private static final SlotResources UNASSIGNED = new SlotResources(Optional.empty());

    /** Puts the numbers in order, each once. */
    public SlotResources {
        gpus = gpus.map(numbers -> List.copyOf(new TreeSet<>(numbers)));
    }

    /** Nobody has said what may be used: everything that the process sees. */
    public static SlotResources unassigned() {
        return UNASSIGNED;
    }

    /** Certain cards, or none of those that were promised. */
    public static SlotResources ofGpus(Iterable<Integer> numbers) {
        TreeSet<Integer> sorted = new TreeSet<>();
        numbers.forEach(sorted::add);
        return new SlotResources(Optional.of(List.copyOf(sorted)));
    }
}
