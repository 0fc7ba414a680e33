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
package io.frameflow.pipeline.cut;

import io.frameflow.model.Family;
import io.frameflow.yaml.YamlEdit;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The text of a model file, changed for the network without its head. */
public final class CutModelText {
    private final Path source;
    private final Path target;

    /**
     * A text to be changed.
     *
     * @param source where the model file lies
     * @param target where the changed one will lie
     */
    public CutModelText(Path source, Path target) {
        this.source = source.toAbsolutePath().normalize();
        this.target = target.toAbsolutePath().normalize();
    }

    /**
     * The text with the other family, the anchors, and paths that hold where it will lie;
     * everything else stays, comments too.
     *
     * @param text the model file
     * @param network the network without its head
     * @param anchors width and height of each anchor in pixels, a list for each scale
     */
    public String of(String text, Path network, List<List<Double>> anchors) {
        YamlEdit edit = YamlEdit.of(text);
        String rows = anchors.stream().map(CutModelText::row).collect(Collectors.joining(", "));
        String flow = "anchors: [" + rows + "]";
        edit.replace("family", Family.YOLOV5_RAW.label());
        if (edit.has("head")) {
            edit.replace("head", "{" + flow + "}");
        } else {
            edit.insertAfter("family", block(anchors), "head: {" + flow + "}");
        }
        if (edit.has("onnx")) {
            Path path = network.toAbsolutePath().normalize();
            edit.replace("onnx", quoted(isBeside(path) ? path.getFileName() : path));
        }
        edit.value("labels-file")
                .filter(file -> !source.resolveSibling(file).equals(target.resolveSibling(file)))
                .ifPresent(
                        file ->
                                edit.replace(
                                        "labels-file",
                                        quoted(source.resolveSibling(file).normalize())));
        return "# The network without its head, by 'frameflow model cut-head'; comments are those of %s.\n"
                        .formatted(source.getFileName())
                + edit;
    }

    private boolean isBeside(Path path) {
        return path.resolveSibling(target.getFileName()).equals(target);
    }

    private static String block(List<List<Double>> anchors) {
        String rows =
                anchors.stream()
                        .map(scale -> "    - " + row(scale) + "\n")
                        .collect(Collectors.joining());
        return "head:\n"
                + "  # Found in the whole network: width and height of each anchor in pixels of the"
                + " input, a line for\n  # each scale, the finest first.\n"
                + "  anchors:\n"
                + rows;
    }

    /** The anchors of a scale as a list. */
    public static String row(List<Double> scale) {
        return scale.stream().map(CutModelText::number).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String number(double side) {
        return BigDecimal.valueOf(side).stripTrailingZeros().toPlainString();
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }
}
