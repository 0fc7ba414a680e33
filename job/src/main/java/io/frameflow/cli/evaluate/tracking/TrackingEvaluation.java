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
import io.frameflow.cli.motchallenge.MotChallengeFormatException;
import io.frameflow.cli.motchallenge.MotChallengeReader;
import io.frameflow.cli.motchallenge.MotChallengeRow;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges tracks against ground truth as TrackEval does. */
public final class TrackingEvaluation {
    private final double iouThreshold;
    private final @Nullable Benchmark benchmark;

    /**
     * An evaluation.
     *
     * @param iouThreshold overlap from which a track follows an object for CLEAR MOT and the
     *     identity figures, 0 to 1; HOTA has its own
     * @param benchmark whose rules hold; null to tell by each file of ground truth
     */
    public TrackingEvaluation(double iouThreshold, @Nullable Benchmark benchmark) {
        this.iouThreshold = iouThreshold;
        this.benchmark = benchmark;
    }

    /**
     * Judges sequences.
     *
     * @throws EvaluationException if the files contradict each other or the rules
     * @throws IOException if a file cannot be read or is in another format
     */
    public TrackingReport evaluate(List<SequenceFiles> sequences) throws IOException {
        Map<String, TrackingScores> scores = new LinkedHashMap<>();
        for (SequenceFiles files : sequences) {
            if (scores.put(files.name(), evaluate(files)) != null) {
                throw new EvaluationException("two sequences have the name " + files.name());
            }
        }
        return new TrackingReport(scores);
    }

    private TrackingScores evaluate(SequenceFiles files) throws IOException {
        List<GroundTruthRow> truth;
        List<MotChallengeRow> tracks;
        try {
            truth = MotChallengeReader.readTruth(files.truth());
            tracks = MotChallengeReader.read(files.tracks());
        } catch (MotChallengeFormatException e) {
            throw new IOException(e.getMessage(), e);
        }
        return judge(files.name(), truth, tracks, files.length());
    }

    /**
     * Judges one sequence that is in memory.
     *
     * @param length number of frames, or 0 if the latest box tells
     * @return figures by TrackEval's names, shares in percent
     * @throws EvaluationException if the rows contradict each other or the rules
     */
    public Map<String, Number> figures(
            String name, List<GroundTruthRow> truth, List<MotChallengeRow> tracks, int length)
            throws EvaluationException {
        return judge(name, truth, tracks, length).figures();
    }

    /** Judges the rows of one sequence. */
    TrackingScores judge(
            String name, List<GroundTruthRow> truth, List<MotChallengeRow> tracks, int length)
            throws EvaluationException {
        Benchmark rules = benchmark == null ? Benchmark.of(truth) : benchmark;
        Sequence sequence = new SequencePreparation(name, rules).prepare(truth, tracks, length);
        return TrackingScores.of(sequence, iouThreshold);
    }
}
