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

import io.frameflow.cli.picture.ClassMapFile;
import io.frameflow.result.ClassMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PNG with the class of every pixel. A file whose name ends in {@code labelIds} holds Cityscapes'
 * label ids, any other one training ids.
 *
 * @param file where it lies
 */
record LabelPicture(Path file) {
    private static final Pattern LABEL_IDS = Pattern.compile(".*labelIds\\.png");

    /** City, sequence and frame, which all files for one picture have in common. */
    private static final Pattern FRAME = Pattern.compile("([^_]+_\\d{6}_\\d{6})_.*\\.png");

    /** What it is a picture of: equal for ground truth and result. */
    String frame() {
        String name = String.valueOf(file.getFileName());
        Matcher cityscapes = FRAME.matcher(name);
        return cityscapes.matches()
                ? cityscapes.group(1)
                : name.replaceFirst("(_labelIds|_labelTrainIds)?\\.png$", "");
    }

    /**
     * Training ids of all pixels.
     *
     * @param other what stands for classes that are not judged
     */
    int[] read(int other, ClassMap map) {
        boolean labelIds = LABEL_IDS.matcher(String.valueOf(file.getFileName())).matches();
        int[] training = new int[ClassMap.MOST_CLASSES];
        for (int number = 0; number < training.length; number++) {
            Optional<CityscapesClass> named =
                    labelIds
                            ? CityscapesClass.ofLabelId(number)
                            : CityscapesClass.ofTrainingId(number);
            training[number] = named.map(CityscapesClass::trainingId).orElse(other);
        }
        byte[] classIds = map.classIds();
        int[] pixels = new int[classIds.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = training[Byte.toUnsignedInt(classIds[i])];
        }
        return pixels;
    }

    /** The picture itself. */
    ClassMap map() throws IOException {
        return ClassMapFile.read(file);
    }
}
