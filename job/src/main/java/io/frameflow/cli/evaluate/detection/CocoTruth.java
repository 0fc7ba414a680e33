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
package io.frameflow.cli.evaluate.detection;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.frameflow.result.Detections;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** COCO's file of annotations: images, categories, and the objects of each. */
final class CocoTruth {
    private final Path file;
    private final SortedSet<Long> images;
    private final SortedSet<Long> categories;
    private final Map<ImageCategory, List<TruthObject>> objects = new HashMap<>();

    private CocoTruth(Path file, SortedSet<Long> images, SortedSet<Long> categories) {
        this.file = file;
        this.images = images;
        this.categories = categories;
    }

    /** The parts of the file that count; the others, such as segments, are passed over. */
    record Document(
            @Nullable List<Identified> images,
            @Nullable List<Annotation> annotations,
            @Nullable List<Identified> categories) {}

    /** Something with a number. */
    record Identified(@Nullable Long id) {}

    /** An object as the file has it. */
    record Annotation(
            @JsonProperty("image_id") @Nullable Long image,
            @JsonProperty("category_id") @Nullable Long category,
            @Nullable List<Double> bbox,
            @Nullable Double area,
            int iscrowd,
            @JsonProperty("num_keypoints") int labelledKeypoints,
            @Nullable List<Double> keypoints) {}

    /** Reads a file and checks what the kind of evaluation needs. */
    static CocoTruth read(Path file, EvaluationKind kind) throws IOException {
        Document document = CocoJson.read(file, Document.class);
        if (document.images() == null
                || document.annotations() == null
                || document.categories() == null) {
            throw new CocoFormatException(
                    file + " is no ground truth: it needs images, annotations and categories");
        }
        CocoTruth truth =
                new CocoTruth(file, ids(file, document.images()), ids(file, document.categories()));
        for (int i = 0; i < document.annotations().size(); i++) {
            truth.add(document.annotations().get(i), file + ": annotations[" + i + "]", kind);
        }
        return truth;
    }

    /** Detections as truth: pictures are numbered from 0, and categories are classes. */
    static CocoTruth of(List<Detections> pictures) {
        CocoTruth truth = new CocoTruth(Path.of(""), new TreeSet<>(), new TreeSet<>());
        for (int picture = 0; picture < pictures.size(); picture++) {
            long image = picture;
            truth.images.add(image);
            Detections detections = pictures.get(picture);
            for (int i = 0; i < detections.count(); i++) {
                long category = detections.classIds()[i];
                Box box = Box.of(detections, i);
                truth.categories.add(category);
                truth.objects
                        .computeIfAbsent(
                                new ImageCategory(image, category), key -> new ArrayList<>())
                        .add(new TruthObject(box, box.area(), false, 0, Keypoints.NONE));
            }
        }
        return truth;
    }

    private static SortedSet<Long> ids(Path file, List<Identified> all) throws IOException {
        SortedSet<Long> ids = new TreeSet<>();
        for (Identified one : all) {
            if (one.id() == null) {
                throw new CocoFormatException(file + ": an image or category has no id");
            }
            ids.add(one.id());
        }
        return ids;
    }

    private void add(Annotation annotation, String where, EvaluationKind kind) throws IOException {
        if (annotation.image() == null || !images.contains(annotation.image())) {
            throw new CocoFormatException(where + " has image_id " + annotation.image());
        }
        if (annotation.category() == null || !categories.contains(annotation.category())) {
            throw new CocoFormatException(where + " has category_id " + annotation.category());
        }
        if (annotation.area() == null) {
            throw new CocoFormatException(where + " has no area");
        }
        Keypoints keypoints =
                kind == EvaluationKind.KEYPOINTS
                        ? CocoJson.keypoints(annotation.keypoints(), where)
                        : Keypoints.NONE;
        objects.computeIfAbsent(
                        new ImageCategory(annotation.image(), annotation.category()),
                        key -> new ArrayList<>())
                .add(
                        new TruthObject(
                                CocoJson.box(annotation.bbox(), where),
                                annotation.area(),
                                annotation.iscrowd() != 0,
                                annotation.labelledKeypoints(),
                                keypoints));
    }

    /** Where it was read from. */
    Path file() {
        return file;
    }

    /** Numbers of the images, rising. */
    SortedSet<Long> images() {
        return images;
    }

    /** Numbers of the categories, rising. */
    SortedSet<Long> categories() {
        return categories;
    }

    /** The objects of one category in one image, in the file's order. */
    List<TruthObject> objects(long image, long category) {
        return objects.getOrDefault(new ImageCategory(image, category), List.of());
    }
}
