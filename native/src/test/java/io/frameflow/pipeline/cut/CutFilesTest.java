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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.engine.onnx.OnnxFile;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.Family;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import io.frameflow.resource.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakCheck.class)
class CutFilesTest {
    private static final String MODEL =
            """
            # Ours, for the café 📷.
            name: tiny
            task: detection
            onnx: tiny.onnx # The whole network.
            family: yolov5 # As exported.
            input: {width: 32, height: 32}
            labels-file: classes.txt
            thresholds:
              pre-cluster-threshold: 0.31 # Found by trying.
              topk: 7
            class-attrs:
              even: {pre-cluster-threshold: 0.6}
            """;

    @TempDir private Path folder;
    @TempDir private Path work;
    private Path source;
    private Path network;
    private Path model;

    @BeforeEach
    void write() throws IOException {
        byte[] whole = TinyYolo.of(TinyYolo.Head.SPLIT, OnnxFile.OPEN);
        Files.write(folder.resolve("tiny.onnx"), whole);
        Files.writeString(folder.resolve("classes.txt"), "odd\neven\n");
        source = Files.writeString(folder.resolve("tiny.yaml"), MODEL);
        network = folder.resolve("raw.onnx");
        model = folder.resolve("raw.yaml");
    }

    private CutHead cut() {
        return HeadCutter.cut(ModelFileReader.read(source), work);
    }

    @Test
    void changesWhatIsOtherAndKeepsTheRest() throws IOException {
        CutFiles.write(cut(), source, network, model);

        assertThat(model)
                .hasContent(
                        """
                        # The network without its head, by 'frameflow model cut-head'; comments are those of tiny.yaml.
                        # Ours, for the café 📷.
                        name: tiny
                        task: detection
                        onnx: 'raw.onnx' # The whole network.
                        family: yolov5-raw # As exported.
                        head:
                          # Found in the whole network: width and height of each anchor in pixels of the input, a line for
                          # each scale, the finest first.
                          anchors:
                            - [5.5, 7.25, 13.03125, 20]
                            - [33, 21, 40.3, 61.7]
                        input: {width: 32, height: 32}
                        labels-file: classes.txt
                        thresholds:
                          pre-cluster-threshold: 0.31 # Found by trying.
                          topk: 7
                        class-attrs:
                          even: {pre-cluster-threshold: 0.6}
                        """);
        ModelFile whole = ModelFileReader.read(source);
        ModelFile read = ModelFileReader.read(model);
        assertThat(Files.getPosixFilePermissions(network))
                .isEqualTo(Files.getPosixFilePermissions(source));
        assertThat(read.onnx()).isEqualTo(network);
        assertThat(read.family()).isEqualTo(Family.YOLOV5_RAW);
        assertThat(read.head().anchors()).isEqualTo(TinyYolo.ANCHORS);
        assertThat(read.thresholds()).isEqualTo(whole.thresholds());
        assertThat(read.labels()).isEqualTo(whole.labels());
        assertThat(read.input()).isEqualTo(whole.input());
    }

    @Test
    void writesPathsThatHoldWhereTheModelFileIs() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("it's elsewhere")).resolve("m.yaml");
        CutFiles.write(cut(), source, network, elsewhere);

        ModelFile read = ModelFileReader.read(elsewhere);
        assertThat(read.onnx()).isEqualTo(network);
        assertThat(read.labels()).containsExactly("odd", "even");
    }

    @Test
    void changesFilesWithinBraces() throws IOException {
        Files.writeString(
                source,
                "{name: tiny, task: detection, family: yolov5, onnx: tiny.onnx, head: {},"
                        + " input: {width: 32, height: 32}}");
        CutFiles.write(cut(), source, network, model);
        assertThat(ModelFileReader.read(model).head().anchors()).isEqualTo(TinyYolo.ANCHORS);

        Files.writeString(source, Files.readString(source).replace("head: {}, ", ""));
        CutFiles.write(cut(), source, network, model);
        assertThat(ModelFileReader.read(model).head().anchors()).isEqualTo(TinyYolo.ANCHORS);
    }

    @Test
    void leavesTheNetworkToTheCommandLineWhereTheFileDoes() throws IOException {
        Files.writeString(source, MODEL.replace("onnx: tiny.onnx # The whole network.\n", ""));
        ModelFile whole = ModelFileReader.read(source, folder.resolve("tiny.onnx"));

        CutFiles.write(HeadCutter.cut(whole, work), source, network, model);

        assertThat(Files.readString(model)).doesNotContain("onnx:");
        assertThat(ModelFileReader.read(model, network).head().anchors())
                .isEqualTo(TinyYolo.ANCHORS);
    }

    @Test
    void leavesNothingWhereOneFileCannotBeWritten() throws IOException {
        Path noFolder = Files.createFile(folder.resolve("file")).resolve("m.yaml");
        CutHead cut = cut();

        assertThatThrownBy(() -> CutFiles.write(cut, source, network, noFolder))
                .isInstanceOf(FrameflowException.class)
                .hasMessageContaining("cannot write");
        assertThat(network).doesNotExist();
    }

    @Test
    void leavesNothingWhereTheModelFileWouldSayOtherThings() throws IOException {
        CutHead cut = cut();
        Files.writeString(source, MODEL.replace("topk: 7", "topk: 8"));

        assertThatThrownBy(() -> CutFiles.write(cut, source, network, model))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be changed in its text");
        assertThat(network).doesNotExist();
        assertThat(model).doesNotExist();
    }
}
