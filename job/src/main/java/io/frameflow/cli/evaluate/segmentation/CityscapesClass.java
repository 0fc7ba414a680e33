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
package io.frameflow.cli.evaluate.segmentation;

import java.util.Arrays;
import java.util.Optional;

/**
 * The classes that Cityscapes judges, in the order of their training ids. Its ground truth also has
 * others, with label ids of their own, which are not judged.
 */
enum CityscapesClass {
    ROAD("road", 0, 7, Category.FLAT),
    SIDEWALK("sidewalk", 1, 8, Category.FLAT),
    BUILDING("building", 2, 11, Category.CONSTRUCTION),
    WALL("wall", 3, 12, Category.CONSTRUCTION),
    FENCE("fence", 4, 13, Category.CONSTRUCTION),
    POLE("pole", 5, 17, Category.OBJECT),
    TRAFFIC_LIGHT("traffic light", 6, 19, Category.OBJECT),
    TRAFFIC_SIGN("traffic sign", 7, 20, Category.OBJECT),
    VEGETATION("vegetation", 8, 21, Category.NATURE),
    TERRAIN("terrain", 9, 22, Category.NATURE),
    SKY("sky", 10, 23, Category.SKY),
    PERSON("person", 11, 24, Category.HUMAN),
    RIDER("rider", 12, 25, Category.HUMAN),
    CAR("car", 13, 26, Category.VEHICLE),
    TRUCK("truck", 14, 27, Category.VEHICLE),
    BUS("bus", 15, 28, Category.VEHICLE),
    TRAIN("train", 16, 31, Category.VEHICLE),
    MOTORCYCLE("motorcycle", 17, 32, Category.VEHICLE),
    BICYCLE("bicycle", 18, 33, Category.VEHICLE);

    /** What classes have in common. */
    enum Category {
        FLAT,
        CONSTRUCTION,
        OBJECT,
        NATURE,
        SKY,
        HUMAN,
        VEHICLE
    }

    private final String label;
    private final int trainingId;
    private final int labelId;
    private final Category category;

    CityscapesClass(String label, int trainingId, int labelId, Category category) {
        this.label = label;
        this.trainingId = trainingId;
        this.labelId = labelId;
        this.category = category;
    }

    /** The name in Cityscapes' files. */
    String label() {
        return label;
    }

    /** Its number from 0 to 18. */
    int trainingId() {
        return trainingId;
    }

    Category category() {
        return category;
    }

    /** The class of a label id, as in Cityscapes' ground truth; empty for one not judged. */
    static Optional<CityscapesClass> ofLabelId(int number) {
        return Arrays.stream(values()).filter(one -> one.labelId == number).findFirst();
    }

    /** The class of a training id, as networks give it; empty for one not judged. */
    static Optional<CityscapesClass> ofTrainingId(int number) {
        return Arrays.stream(values()).filter(one -> one.trainingId == number).findFirst();
    }
}
