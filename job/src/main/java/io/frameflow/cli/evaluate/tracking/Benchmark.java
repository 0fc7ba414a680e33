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
package io.frameflow.cli.evaluate.tracking;

import io.frameflow.cli.motchallenge.GroundTruthRow;
import java.util.List;

/**
 * A benchmark's rules of who counts. From MOT16 on, ground truth names classes: only pedestrians
 * are to be found, and who follows something that looks like a pedestrian, a distractor, is neither
 * praised nor blamed for it.
 */
public enum Benchmark {
    /** All boxes are of one class; only those marked to be judged count. */
    MOT15,
    /** Pedestrians, with distractors. */
    MOT16,
    /** As MOT16. */
    MOT17,
    /** As MOT17; vehicles without a motor are distractors as well. */
    MOT20;

    /** Class of the pedestrians. */
    static final int PEDESTRIAN = 1;

    /** The classes that ground truth may name are 1 to this one. */
    static final int LAST_CLASS = 13;

    private static final int PERSON_ON_VEHICLE = 2;
    private static final int VEHICLE_WITHOUT_MOTOR = 6;
    private static final int STATIC_PERSON = 7;
    private static final int DISTRACTOR = 8;
    private static final int REFLECTION = 12;

    /** Whether ground truth names classes. */
    boolean hasClasses() {
        return this != MOT15;
    }

    /** Whether objects of a class look like pedestrians. */
    boolean isDistractor(int classId) {
        return switch (classId) {
            case PERSON_ON_VEHICLE, STATIC_PERSON, DISTRACTOR, REFLECTION -> hasClasses();
            case VEHICLE_WITHOUT_MOTOR -> this == MOT20;
            default -> false;
        };
    }

    /** Whether a tracker is to find this box. */
    boolean isJudged(GroundTruthRow row) {
        return row.isConsidered() && (!hasClasses() || row.classId() == PEDESTRIAN);
    }

    /** The benchmark whose format the rows are in: MOT17's where all name a class, else MOT15's. */
    public static Benchmark of(List<GroundTruthRow> truth) {
        return !truth.isEmpty() && truth.stream().allMatch(row -> row.classId() >= PEDESTRIAN)
                ? MOT17
                : MOT15;
    }
}
