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
package io.frameflow.engine.tensorrt;

import java.util.List;
import java.util.Optional;

/**
 * What a plan made of one fixed input when it was built. A plan that makes something else of it is
 * damaged, does not run right on this card, or belongs to another network, however well it loads.
 *
 * @param outputs what each output held, in the plan's order
 */
public record GoldenFrame(List<GoldenOutput> outputs) {
    /**
     * How far a number may be from the recorded one, as a part of the output's largest. The same
     * plan gives the same bytes in almost all cases; what is to be found is far beyond this.
     */
    private static final float TOLERANCE = 0.01f;

    /** Copies the list. */
    public GoldenFrame {
        outputs = List.copyOf(outputs);
    }

    /** What is different in another run of the same input; empty if nothing is. */
    Optional<String> difference(GoldenFrame other) {
        if (outputs.size() != other.outputs.size()) {
            return Optional.of(
                    "%d outputs instead of %d".formatted(other.outputs.size(), outputs.size()));
        }
        for (int i = 0; i < outputs.size(); i++) {
            Optional<String> difference = difference(outputs.get(i), other.outputs.get(i));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> difference(GoldenOutput recorded, GoldenOutput found) {
        if (!recorded.tensor().equals(found.tensor())
                || recorded.samples().size() != found.samples().size()) {
            return Optional.of(
                    "output %s with %d samples instead of %s with %d"
                            .formatted(
                                    found.tensor(),
                                    found.samples().size(),
                                    recorded.tensor(),
                                    recorded.samples().size()));
        }
        float tolerance = TOLERANCE * recorded.scale();
        for (int i = 0; i < recorded.samples().size(); i++) {
            float before = recorded.samples().get(i);
            float now = found.samples().get(i);
            boolean same =
                    Float.isNaN(before) ? Float.isNaN(now) : Math.abs(before - now) <= tolerance;
            if (!same) {
                return Optional.of(
                        "output %s has %s at sample %d, recorded was %s"
                                .formatted(recorded.tensor(), now, i, before));
            }
        }
        return Optional.empty();
    }
}
