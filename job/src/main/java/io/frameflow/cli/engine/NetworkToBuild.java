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
package io.frameflow.cli.engine;

import io.frameflow.cli.process.TemporaryFolder;
import io.frameflow.engine.tensorrt.RemovedHead;
import io.frameflow.engine.tensorrt.Sha256;
import io.frameflow.engine.tensorrt.build.WholeNetwork;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.file.DurableFile;
import io.frameflow.model.Family;
import io.frameflow.model.ModelFile;
import io.frameflow.pipeline.cut.CutHead;
import io.frameflow.pipeline.cut.HeadCutter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The network that a plan is built of: the model file's, or one that was made of it and lies in a
 * folder of its own until this is closed.
 */
public final class NetworkToBuild implements AutoCloseable {
    private final ModelFile model;
    private final Optional<WholeNetwork> whole;
    private final Optional<TemporaryFolder> folder;
    private final Optional<String> reason;

    private NetworkToBuild(
            ModelFile model,
            Optional<WholeNetwork> whole,
            Optional<TemporaryFolder> folder,
            Optional<String> reason) {
        this.model = model;
        this.whole = whole;
        this.folder = folder;
        this.reason = reason;
    }

    /** The network as it is. */
    public static NetworkToBuild asItIs(ModelFile model) {
        return new NetworkToBuild(model, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether a network of this model may lose its head, and results be what they were. */
    public static boolean canLoseHead(ModelFile model) {
        return model.family() == Family.YOLOV5 && model.outputTensors().isEmpty();
    }

    /**
     * The network without its head; as it is where that cannot be cut off, with the {@link
     * #reasonForHead}.
     *
     * @throws IOException if files in between cannot be written
     */
    public static NetworkToBuild withoutHead(ModelFile model) throws IOException {
        TemporaryFolder folder = TemporaryFolder.create("frameflow-engine-build");
        try {
            CutHead cut = HeadCutter.cut(model, folder.path());
            Path network = folder.path().resolve("without-head.onnx");
            DurableFile.write(network, cut.network().bytes());
            WholeNetwork whole =
                    new WholeNetwork(
                            model.onnx(), Sha256.of(model.onnx()), new RemovedHead(cut.anchors()));
            return new NetworkToBuild(
                    cut.model().withNetwork(network),
                    Optional.of(whole),
                    Optional.of(folder),
                    Optional.empty());
        } catch (FrameflowException e) {
            folder.close();
            if (e.code() != FailureCode.INVALID_MODEL) {
                throw e;
            }
            return new NetworkToBuild(
                    model,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(String.valueOf(e.getMessage())));
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** The model of the network that is built. */
    public ModelFile model() {
        return model;
    }

    /** The network that it was made of; absent where it is built as it is. */
    public Optional<WholeNetwork> whole() {
        return whole;
    }

    /** Why the head could not be cut off, where that was tried. */
    public Optional<String> reasonForHead() {
        return reason;
    }

    @Override
    public void close() throws IOException {
        if (folder.isPresent()) {
            folder.get().close();
        }
    }
}
