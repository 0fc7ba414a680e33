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
package io.frameflow.engine.tensorrt.calibrate;

import java.io.IOException;
import java.nio.FloatBuffer;

/** Inputs of a network, prepared as in inference. */
public interface CalibrationData {
    /** Images in each batch, at least 1. */
    int batchSize();

    /**
     * Writes the next batch.
     *
     * @param tensor the input, {@code [batch, 3, height, width]}
     * @return whether there was one; a batch that is not full is none
     * @throws IOException if a picture cannot be read
     */
    boolean next(FloatBuffer tensor) throws IOException;
}
