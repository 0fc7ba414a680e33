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
package io.frameflow.cuda.kernel;

import io.frameflow.cuda.DeviceBuffer;
import io.frameflow.model.ClassRules;
import io.frameflow.model.DetectionThresholds;
import org.jspecify.annotations.Nullable;

/** The scores that candidates need more than, for kernels that decode heads. */
public final class ScoreThresholds implements AutoCloseable {
    private final float least;
    private final @Nullable DeviceBuffer byClass;

    /**
     * Brings the thresholds to the card.
     *
     * @param thresholds those of the model file
     * @param classes number of classes
     */
    public ScoreThresholds(DetectionThresholds thresholds, int classes) {
        ClassRules rules = thresholds.classRules();
        least = rules.leastScoreThreshold(thresholds.preCluster());
        byClass = rules.differInScore() ? table(thresholds, classes) : null;
    }

    private static DeviceBuffer table(DetectionThresholds thresholds, int classes) {
        float[] table = new float[classes];
        for (int classId = 0; classId < classes; classId++) {
            table[classId] =
                    thresholds.classRules().scoreThreshold(classId, thresholds.preCluster());
        }
        return DeviceFloats.of(table);
    }

    /** The least of all classes. */
    float least() {
        return least;
    }

    /** Address of a number for each class; 0 where all are alike. */
    long byClass() {
        return byClass == null ? 0 : byClass.address();
    }

    @Override
    public void close() {
        if (byClass != null) {
            byClass.close();
        }
    }
}
