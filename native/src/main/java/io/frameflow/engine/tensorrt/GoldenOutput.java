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

/**
 * What an output held after the golden frame.
 *
 * @param tensor its name
 * @param samples some of its numbers, at places spread evenly; NaN where a number was not finite
 */
public record GoldenOutput(String tensor, List<Float> samples) {
    /** Copies the list. */
    public GoldenOutput {
        samples = List.copyOf(samples);
    }

    /** Largest magnitude of a sample that is finite. */
    float scale() {
        float scale = 0;
        for (float sample : samples) {
            scale = Float.isNaN(sample) ? scale : Math.max(scale, Math.abs(sample));
        }
        return scale;
    }
}
