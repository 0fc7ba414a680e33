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
package io.frameflow.engine.tensorrt.build;

import io.frameflow.engine.tensorrt.calibrate.CalibrationData;
import java.nio.FloatBuffer;

/** Three batches of two, all of the same numbers between 0 and 1. */
final class CalibrationNumbers implements CalibrationData {
    private int given;

    @Override
    public int batchSize() {
        return 2;
    }

    @Override
    public boolean next(FloatBuffer tensor) {
        for (int i = 0; i < tensor.capacity(); i++) {
            tensor.put(i, (i % 256) / 255f);
        }
        return given++ < 3;
    }
}
