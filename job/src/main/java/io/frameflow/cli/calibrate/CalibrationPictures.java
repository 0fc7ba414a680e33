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
package io.frameflow.cli.calibrate;

import io.frameflow.cli.picture.PictureFile;
import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.engine.tensorrt.calibrate.CalibrationData;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.ImageEncoding;
import io.frameflow.model.InputSpec;
import io.frameflow.preprocess.LetterboxPreprocessor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/** Picture files, decoded and placed in the network's input as in inference on the CPU. */
public final class CalibrationPictures implements CalibrationData, AutoCloseable {
    private final List<Path> files;
    private final int batchSize;
    private final CpuImageDecoder decoder = new CpuImageDecoder(DecodeLimits.DEFAULT);
    private final LetterboxPreprocessor preprocessor;
    private final IntConsumer progress;
    private int next;

    /**
     * Pictures in this order; those that do not fill a batch at the end are left out.
     *
     * @param files JPEG and PNG files
     * @param batchSize pictures a batch, at least 1
     * @param progress is told how many were given
     */
    public CalibrationPictures(
            List<Path> files, InputSpec input, int batchSize, IntConsumer progress) {
        this.files = List.copyOf(files);
        this.batchSize = batchSize;
        this.preprocessor = new LetterboxPreprocessor(input);
        this.progress = progress;
    }

    @Override
    public int batchSize() {
        return batchSize;
    }

    @Override
    public boolean next(FloatBuffer tensor) throws IOException {
        if (next + batchSize > files.size()) {
            return false;
        }
        for (int place = 0; place < batchSize; place++) {
            place(files.get(next++), tensor, place);
        }
        progress.accept(next);
        return true;
    }

    private void place(Path file, FloatBuffer tensor, int place) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ImageEncoding encoding = PictureFile.encoding(file, bytes);
        if (encoding == null) {
            throw new IOException(file + " is neither JPEG nor PNG");
        }
        try {
            preprocessor.write(
                    decoder.decode(encoding, 0, 0, ByteBuffer.wrap(bytes)), tensor, place);
        } catch (FrameflowException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
