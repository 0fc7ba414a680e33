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
package io.frameflow.cli.evaluate.accuracy;

import io.frameflow.cli.picture.PictureExaminer;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FrameResult;
import io.frameflow.pipeline.FrameSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Sends the same pictures through two pipelines, one after the other, and compares the results. */
public final class AccuracyMeasurement {
    private static final float LOW_SCORE = 0.05f;

    private final List<Path> pictures;
    private final Consumer<String> progress;

    /**
     * Keeps the pictures.
     *
     * @param progress is told how far it has come
     */
    public AccuracyMeasurement(List<Path> pictures, Consumer<String> progress) {
        this.pictures = List.copyOf(pictures);
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @param reference opens what is taken as right
     * @param judged opens what is judged
     * @throws IOException if a picture cannot be read, or a pipeline fails
     */
    public AccuracyComparison compare(
            Supplier<FramePipeline> reference, Supplier<FramePipeline> judged) throws IOException {
        List<FrameResult> expected = new ArrayList<>(pictures.size());
        try (FramePipeline pipeline = reference.get()) {
            PictureExaminer examiner = new PictureExaminer(pipeline);
            for (int i = 0; i < pictures.size(); i++) {
                tell("single precision", i);
                expected.add(examiner.examine(pictures.get(i)));
            }
        }
        AccuracyComparison comparison = new AccuracyComparison();
        try (FramePipeline pipeline = judged.get()) {
            PictureExaminer examiner = new PictureExaminer(pipeline);
            for (int i = 0; i < pictures.size(); i++) {
                tell("the plan", i);
                FrameResult found = examiner.examine(pictures.get(i));
                comparison.add(expected.get(i), found, ranked(examiner, pipeline, i, found));
            }
        }
        return comparison;
    }

    /** The objects of a picture down to low scores, as average precision wants them. */
    private FrameResult ranked(
            PictureExaminer examiner, FramePipeline pipeline, int picture, FrameResult found)
            throws IOException {
        Float usual = pipeline.defaults().scoreThreshold();
        return usual == null || usual <= LOW_SCORE
                ? found
                : examiner.examine(
                        pictures.get(picture), new FrameSettings(LOW_SCORE, null, null, false));
    }

    private void tell(String who, int picture) {
        progress.accept(
                "accuracy of %s, picture %d of %d".formatted(who, picture + 1, pictures.size()));
    }
}
