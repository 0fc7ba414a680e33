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
package io.frameflow.cli.nvinfer;

import io.frameflow.cli.nvinfer.KeyRule.NotSupported;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys of the groups {@code class-attrs-all} and {@code class-attrs-N}. */
final class ClassKeys {
    static final String CLUSTER_MODE = "cluster-mode";

    /** nvinfer's number for boxes that are neither clustered nor suppressed. */
    static final String WITHOUT_CLUSTERING = "4";

    /** Kept in the draft until all is read; no key of model files. */
    private static final String POST = "post-cluster-threshold";

    private static final String SCORE = "thresholds.pre-cluster-threshold";
    private static final String OTHER_CLUSTERING =
            "boxes are chosen by non-maximum suppression, which has no such number";
    private static final String FOR_ALL_ONLY =
            "the same for all classes here: give it in class-attrs-all";

    private ClassKeys() {}

    /** What becomes of the keys of all classes. */
    static Map<String, KeyRule> ofAll() {
        Map<String, KeyRule> rules = new HashMap<>(limits("all"));
        rules.put("pre-cluster-threshold", ClassKeys::raiseScore);
        rules.put("threshold", ClassKeys::raiseScore);
        rules.put("post-cluster-threshold", ClassKeys::raiseAllScores);
        rules.put(
                "nms-iou-threshold",
                (value, draft) -> {
                    // Without suppression every overlap is allowed.
                    boolean all = draft.get(CLUSTER_MODE, "").equals(WITHOUT_CLUSTERING);
                    draft.put("thresholds.nms-iou-threshold", all ? "1" : KeyRule.plain(value));
                });
        rules.put(
                "topk",
                (value, draft) ->
                        draft.put(
                                NvinferImport.TOPK,
                                Integer.parseInt(value) < 0 ? NvinferImport.ALL : value));
        return rules;
    }

    /** What becomes of the keys of one class. */
    static Map<String, KeyRule> ofClass(String number) {
        Map<String, KeyRule> rules = new HashMap<>(limits(number));
        KeyRule threshold =
                (value, draft) ->
                        draft.putClassRule(number, "pre-cluster-threshold", KeyRule.plain(value));
        rules.put("pre-cluster-threshold", threshold);
        rules.put("threshold", threshold);
        rules.put("post-cluster-threshold", KeyRule.notSupported(FOR_ALL_ONLY));
        rules.put("nms-iou-threshold", KeyRule.notSupported(FOR_ALL_ONLY));
        rules.put("topk", KeyRule.notSupported(FOR_ALL_ONLY));
        return rules;
    }

    private static Map<String, KeyRule> limits(String name) {
        Map<String, KeyRule> rules = new HashMap<>();
        for (String key :
                List.of(
                        "detected-min-w",
                        "detected-min-h",
                        "detected-max-w",
                        "detected-max-h",
                        "roi-top-offset",
                        "roi-bottom-offset")) {
            rules.put(key, (value, draft) -> draft.putClassRule(name, key, KeyRule.plain(value)));
        }
        for (String key : List.of("eps", "minBoxes", "dbscan-min-score", "group-threshold")) {
            rules.put(key, KeyRule.notSupported(OTHER_CLUSTERING));
        }
        return rules;
    }

    /** It holds for the classes with thresholds of their own too, which come later. */
    private static void raiseAllScores(String value, ModelDraft draft) throws NotSupported {
        if (draft.get(CLUSTER_MODE, "").equals(WITHOUT_CLUSTERING)) {
            throw new NotSupported("with cluster-mode=4 nvinfer does not look at it");
        }
        draft.put(POST, value);
        raiseScore(value, draft);
    }

    /** What is left to do when all groups have been read. */
    static void finish(ModelDraft draft) {
        draft.raiseClassRules("pre-cluster-threshold", Double.parseDouble(draft.get(POST, "0")));
        draft.remove(POST);
    }

    /**
     * Raises the score that candidates need. What nvinfer asks for after clustering has the same
     * effect before it, since suppression changes no score: the greater one counts.
     */
    static void raiseScore(String value, ModelDraft draft) {
        double before = Double.parseDouble(draft.get(SCORE, "0"));
        if (Double.parseDouble(value) >= before) {
            draft.put(SCORE, value);
        }
    }
}
