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

/**
 * The scores that candidates need more than, for kernels that decode heads: of their class where it
 * has its own, else of their frame where it has its own, else of the model file.
 */
public final class ScoreThresholds implements AutoCloseable {
    /** For classes without a threshold of their own. */
    private static final float NONE = -1;

    private final FrameDescriptors frames;
    private final float common;
    private final float leastOfClasses;
    private final @Nullable DeviceBuffer byClass;

    /**
     * Brings the thresholds to the card.
     *
     * @param frames the frames, which stay the caller's
     * @param thresholds those of the model file
     * @param classes number of classes
     */
    public ScoreThresholds(FrameDescriptors frames, DetectionThresholds thresholds, int classes) {
        ClassRules rules = thresholds.classRules();
        this.frames = frames;
        common = thresholds.preCluster();
        leastOfClasses = rules.leastScoreThreshold(Float.POSITIVE_INFINITY);
        byClass = rules.differInScore() ? table(rules, classes) : null;
    }

    private static DeviceBuffer table(ClassRules rules, int classes) {
        float[] table = new float[classes];
        for (int classId = 0; classId < classes; classId++) {
            table[classId] = rules.scoreThreshold(classId, NONE);
        }
        return DeviceFloats.of(table);
    }

    /** Address of the frames' descriptors. */
    long frames() {
        return frames.address();
    }

    /** What holds where neither frame nor class has its own. */
    float common() {
        return common;
    }

    /** The least that a class has of its own; infinite where none has. */
    float leastOfClasses() {
        return leastOfClasses;
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
