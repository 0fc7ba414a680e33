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

import io.frameflow.file.DurableFile;
import io.frameflow.model.ModelFile;
import io.frameflow.model.ModelFileReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a network without its head and its model file: both or none. */
public final class CutFiles {
    private CutFiles() {}

    /**
     * Writes the files, and reads the model file again to see whether it says what it shall.
     *
     * @param cut the network
     * @param source the model file of the whole network
     * @param network where to write the network
     * @param model where to write its model file
     * @throws IOException if the source cannot be read, or cannot be changed in its text
     * @throws io.frameflow.failure.FrameflowException with {@code STORAGE_FAILED} if a file cannot
     *     be written
     */
    public static void write(CutHead cut, Path source, Path network, Path model)
            throws IOException {
        String text =
                new CutModelText(source, model)
                        .of(Files.readString(source), network, cut.anchors());
        List<Path> files = new ArrayList<>();
        boolean complete = false;
        try {
            DurableFile.writeForAll(network, cut.network().bytes());
            files.add(network);
            DurableFile.writeForAll(model, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            files.add(model);
            ModelFile written = ModelFileReader.read(model, cut.model().onnx());
            if (!written.equals(cut.model())) {
                throw new IOException(
                        source
                                + " cannot be changed in its text: write it with each key on a line"
                                + " of its own");
            }
            complete = true;
        } finally {
            if (!complete) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
