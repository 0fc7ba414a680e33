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

/** The keys of the group {@code property}. */
final class PropertyKeys {
    private static final int CHANNELS = 3;
    private static final String SECONDARY =
            "models run on whole frames, not on the objects of another model";
    private static final String BUILT_APART =
            "engines are built by 'frameflow engine build', with options of its own";
    private static final String NO_ACCELERATOR = "deep learning accelerators are not used";
    private static final String ONNX_ONLY = "networks come as ONNX files: export the network";
    private static final String JOB = "an option of the job or of Flink, not of the model";
    private static final String OWN_CODE =
            "custom functions are not loaded: --family says how outputs are read";

    private static final Map<String, KeyRule> RULES = rules();

    private PropertyKeys() {}

    /** What becomes of each key that is known. */
    static Map<String, KeyRule> all() {
        return RULES;
    }

    private static Map<String, KeyRule> rules() {
        Map<String, KeyRule> rules = new HashMap<>();
        addNetwork(rules);
        addInput(rules);
        addOutput(rules);
        addUnsupported(rules);
        return Map.copyOf(rules);
    }

    private static void addNetwork(Map<String, KeyRule> rules) {
        rules.put("onnx-file", (value, draft) -> draft.put("onnx", value));
        rules.put("labelfile-path", (value, draft) -> draft.put("labels-file", value));
        rules.put("num-detected-classes", (value, draft) -> Integer.parseInt(value));
        rules.put("network-type", (value, draft) -> {}); // Read before all others.
        rules.put("process-mode", KeyRule.only("1", SECONDARY));
        rules.put("network-input-order", KeyRule.only("0", "inputs are [batch, 3, height, width]"));
    }

    private static void addInput(Map<String, KeyRule> rules) {
        rules.put("net-scale-factor", KeyRule.number("input.net-scale-factor"));
        rules.put("offsets", PropertyKeys::offsets);
        rules.put("model-color-format", PropertyKeys::colorFormat);
        rules.put("infer-dims", (value, draft) -> dimensions(KeyRule.list(value), draft));
        rules.put("input-dims", PropertyKeys::inputDimensions);
        rules.put("maintain-aspect-ratio", KeyRule.flag("input.maintain-aspect-ratio"));
        rules.put("symmetric-padding", KeyRule.flag("input.symmetric-padding"));
        rules.put("scaling-filter", KeyRule.only("1", "frames are scaled bilinearly (1)"));
        rules.put("scaling-compute-hw", KeyRule.notSupported(JOB));
        rules.put("mean-file", KeyRule.notSupported("give one mean a channel as offsets"));
    }

    private static void addOutput(Map<String, KeyRule> rules) {
        rules.put("cluster-mode", PropertyKeys::clusterMode);
        rules.put("output-tensor-meta", (value, draft) -> KeyRule.isOn(value)); // With the names.
        rules.put(
                "output-blob-names",
                (value, draft) -> draft.putTexts("output-tensors", KeyRule.list(value)));
        rules.put(
                "filter-out-class-ids",
                (value, draft) -> {
                    List<String> classes = KeyRule.list(value);
                    classes.forEach(Integer::parseInt);
                    draft.putList("filter-out-class-ids", classes);
                });
        rules.put(
                "segmentation-threshold",
                (value, draft) -> {
                    if (Double.parseDouble(value) > 0) {
                        throw new NotSupported(
                                "every pixel gets the class with the greatest logit");
                    }
                });
        rules.put("output-instance-mask", KeyRule.only("0", "masks of instances are not read"));
    }

    private static void addUnsupported(Map<String, KeyRule> rules) {
        Map<String, List<String>> reasons =
                Map.of(
                        BUILT_APART,
                        List.of(
                                "network-mode",
                                "model-engine-file",
                                "int8-calib-file",
                                "workspace-size",
                                "layer-device-precision",
                                "strongly-typed",
                                "output-io-formats",
                                "force-implicit-batch-dim",
                                "warmup-engine",
                                "stabilize-buffer-count",
                                "dynamic-properties"),
                        JOB,
                        List.of(
                                "batch-size",
                                "interval",
                                "gpu-id",
                                "gie-unique-id",
                                "auto-inc-mem",
                                "max-gpu-mem-per",
                                "input-tensor-from-meta",
                                "raw-output-generated-file-write",
                                "dump-input-tensor",
                                "dump-output-tensor",
                                "ip-address",
                                "cpu-mask"),
                        SECONDARY,
                        List.of(
                                "operate-on-gie-id",
                                "operate-on-class-ids",
                                "secondary-reinfer-interval",
                                "input-object-min-width",
                                "input-object-min-height",
                                "input-object-max-width",
                                "input-object-max-height",
                                "classifier-threshold",
                                "classifier-async-mode",
                                "classifier-type",
                                "crop-objects-to-roi-boundary"),
                        ONNX_ONLY,
                        List.of(
                                "model-file",
                                "proto-file",
                                "uff-file",
                                "uff-input-order",
                                "uff-input-dims",
                                "uff-input-blob-name",
                                "tlt-encoded-model",
                                "tlt-model-key",
                                "custom-network-config"),
                        OWN_CODE,
                        List.of(
                                "custom-lib-path",
                                "parse-bbox-func-name",
                                "parse-bbox-instance-mask-func-name",
                                "parse-classifier-func-name",
                                "engine-create-func-name"),
                        NO_ACCELERATOR,
                        List.of("enable-dla", "use-dla-core"));
        reasons.forEach(
                (reason, keys) ->
                        keys.forEach(key -> rules.put(key, KeyRule.notSupported(reason))));
    }

    private static void offsets(String value, ModelDraft draft) {
        List<String> offsets = KeyRule.list(value);
        if (offsets.size() != CHANNELS) {
            throw new NumberFormatException("expected three numbers");
        }
        offsets.forEach(KeyRule::plain);
        draft.putList("input.offsets", offsets);
    }

    private static void colorFormat(String value, ModelDraft draft) throws NotSupported {
        switch (value) {
            case "0" -> draft.put("input.model-color-format", "rgb");
            case "1" -> draft.put("input.model-color-format", "bgr");
            default -> throw new NotSupported("inputs have three colour channels");
        }
    }

    /** Channels, height and width. */
    private static void dimensions(List<String> dimensions, ModelDraft draft) throws NotSupported {
        if (dimensions.size() != CHANNELS) {
            throw new NumberFormatException("expected channels;height;width");
        }
        if (Integer.parseInt(dimensions.get(0)) != CHANNELS) {
            throw new NotSupported("inputs have three colour channels");
        }
        draft.put("input.width", Integer.toString(Integer.parseInt(dimensions.get(2))));
        draft.put("input.height", Integer.toString(Integer.parseInt(dimensions.get(1))));
    }

    /** Its predecessor: channels, height, width and 0 for this order. */
    private static void inputDimensions(String value, ModelDraft draft) throws NotSupported {
        List<String> dimensions = KeyRule.list(value);
        if (dimensions.size() != CHANNELS + 1 || !dimensions.get(CHANNELS).equals("0")) {
            throw new NotSupported("inputs are [batch, 3, height, width]: channels;height;width;0");
        }
        dimensions(dimensions.subList(0, CHANNELS), draft);
    }

    private static void clusterMode(String value, ModelDraft draft) throws NotSupported {
        switch (value) {
            case "2" -> draft.put("cluster-mode", value);
            case "4" -> draft.put("cluster-mode", value);
            default ->
                    throw new NotSupported(
                            "boxes are chosen by non-maximum suppression (2), or all kept (4)");
        }
    }
}
