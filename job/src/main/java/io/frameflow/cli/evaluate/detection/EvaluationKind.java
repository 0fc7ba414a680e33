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

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What is compared, and the rules that COCO has for it. */
public enum EvaluationKind {
    /** Boxes by their overlap: 12 figures. */
    BBOX(100) {
        @Override
        List<AreaRange> areaRanges() {
            return List.of(AreaRange.ALL, AreaRange.SMALL, AreaRange.MEDIUM, AreaRange.LARGE);
        }

        @Override
        Similarity similarity() {
            return new BoxSimilarity();
        }

        @Override
        Predicate<TruthObject> leavesOut() {
            return TruthObject::crowd;
        }

        @Override
        double area(ResultObject result) {
            return result.box().area();
        }
    },
    /** Keypoints by object keypoint similarity: 10 figures. */
    KEYPOINTS(20) {
        @Override
        List<AreaRange> areaRanges() {
            return List.of(AreaRange.ALL, AreaRange.MEDIUM, AreaRange.LARGE);
        }

        @Override
        Similarity similarity() {
            return new KeypointSimilarity();
        }

        @Override
        Predicate<TruthObject> leavesOut() {
            return object -> object.crowd() || object.labelledKeypoints() == 0;
        }

        @Override
        double area(ResultObject result) {
            return result.keypoints().extent().area();
        }
    };

    private final int mostResults;

    EvaluationKind(int mostResults) {
        this.mostResults = mostResults;
    }

    /** Sizes of objects that figures are given for, all sizes first. */
    abstract List<AreaRange> areaRanges();

    /** Results of one category that count in an image, the best ones. */
    int mostResults() {
        return mostResults;
    }

    /** How alike a result and an object are. */
    abstract Similarity similarity();

    /** Objects that need not be found, and that finding is no mistake either. */
    abstract Predicate<TruthObject> leavesOut();

    /** Size of a result in pixels. */
    abstract double area(ResultObject result);

    /** The name as users write it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
