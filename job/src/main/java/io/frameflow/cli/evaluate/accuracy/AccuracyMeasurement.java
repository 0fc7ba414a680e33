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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Sends the same pictures through two pipelines, one after the other, and compares the results. */
public final class AccuracyMeasurement {
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
        List<FrameResult> expected = examine("single precision", reference);
        List<FrameResult> found = examine("the plan", judged);
        AccuracyComparison comparison = new AccuracyComparison();
        for (int i = 0; i < pictures.size(); i++) {
            comparison.add(expected.get(i), found.get(i));
        }
        return comparison;
    }

    private List<FrameResult> examine(String who, Supplier<FramePipeline> opener)
            throws IOException {
        List<FrameResult> results = new ArrayList<>(pictures.size());
        try (FramePipeline pipeline = opener.get()) {
            PictureExaminer examiner = new PictureExaminer(pipeline);
            for (Path picture : pictures) {
                progress.accept(
                        "accuracy of %s, picture %d of %d"
                                .formatted(who, results.size() + 1, pictures.size()));
                results.add(examiner.examine(picture));
            }
        }
        return results;
    }
}
