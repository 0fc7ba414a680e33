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
import org.jspecify.annotations.Nullable;

/** COCO's file of results: a list of objects that were found. */
final class CocoResults {
    private final Map<ImageCategory, List<ResultObject>> objects = new HashMap<>();

    private CocoResults() {}

    /** A result as the file has it. */
    record Result(
            @JsonProperty("image_id") @Nullable Long image,
            @JsonProperty("category_id") @Nullable Long category,
            @Nullable List<Double> bbox,
            @Nullable List<Double> keypoints,
            @Nullable Double score) {}

    /** Reads a file. Results of categories that the ground truth does not have do not count. */
    static CocoResults read(Path file, EvaluationKind kind, CocoTruth truth) throws IOException {
        Result[] all = CocoJson.read(file, Result[].class);
        CocoResults results = new CocoResults();
        for (int i = 0; i < all.length; i++) {
            String where = file + ": [" + i + "]";
            if (all[i] == null) {
                throw new CocoFormatException(where + " is no result");
            }
            results.add(all[i], where, kind, truth);
        }
        return results;
    }

    /** Detections as results: pictures are numbered from 0, and categories are classes. */
    static CocoResults of(List<Detections> pictures) {
        CocoResults results = new CocoResults();
        for (int picture = 0; picture < pictures.size(); picture++) {
            Detections detections = pictures.get(picture);
            for (int i = 0; i < detections.count(); i++) {
                ImageCategory place = new ImageCategory(picture, detections.classIds()[i]);
                results.objects
                        .computeIfAbsent(place, key -> new ArrayList<>())
                        .add(
                                new ResultObject(
                                        Box.of(detections, i),
                                        Keypoints.NONE,
                                        detections.scores()[i]));
            }
        }
        return results;
    }

    private void add(Result result, String where, EvaluationKind kind, CocoTruth truth)
            throws IOException {
        if (result.image() == null || !truth.images().contains(result.image())) {
            throw new CocoFormatException(
                    "%s has image_id %s, which is not in %s"
                            .formatted(where, result.image(), truth.file()));
        }
        if (result.category() == null) {
            throw new CocoFormatException(where + " has no category_id");
        }
        if (result.score() == null || !Double.isFinite(result.score())) {
            throw new CocoFormatException(where + " has the score " + result.score());
        }
        objects.computeIfAbsent(
                        new ImageCategory(result.image(), result.category()),
                        key -> new ArrayList<>())
                .add(object(result, where, kind));
    }

    private static ResultObject object(Result result, String where, EvaluationKind kind)
            throws IOException {
        double score = result.score() == null ? 0 : result.score();
        if (kind == EvaluationKind.KEYPOINTS) {
            Keypoints keypoints = CocoJson.keypoints(result.keypoints(), where);
            return new ResultObject(keypoints.extent(), keypoints, score);
        }
        return new ResultObject(CocoJson.box(result.bbox(), where), Keypoints.NONE, score);
    }

    /** The results of one category in one image, in the file's order. */
    List<ResultObject> objects(long image, long category) {
        return objects.getOrDefault(new ImageCategory(image, category), List.of());
    }
}
