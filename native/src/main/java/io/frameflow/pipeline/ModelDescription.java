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

/**
 * The model that a pipeline runs, as its results name it.
 *
 * @param name name in the model file
 * @param version version in the model file, or the first 12 hexadecimal digits of the network's
 *     SHA-256
 * @param precision {@code fp32}, {@code fp16} or {@code int8}; {@code unknown} for a plan of
 *     another program, which does not say
 * @param engine {@code onnxruntime} or {@code tensorrt}
 * @param labels name of each class, by class id; empty where the model file names none
 * @param keypointNames name of each keypoint; empty for families without
 */
public record ModelDescription(
        String name,
        String version,
        String precision,
        String engine,
        List<String> labels,
        List<String> keypointNames) {

    /** Copies the lists. */
    public ModelDescription {
        labels = List.copyOf(labels);
        keypointNames = List.copyOf(keypointNames);
    }

    /** Name of a class, or its number in decimal where it has none. */
    public String label(int classId) {
        return classId >= 0 && classId < labels.size()
                ? labels.get(classId)
                : Integer.toString(classId);
    }
}
