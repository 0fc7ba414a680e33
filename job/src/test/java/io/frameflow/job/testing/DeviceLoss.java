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
package io.frameflow.job.testing;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.operators.testing.FakePipelineFactory;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FrameResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loses the device at the first frame with a certain sequence, once for all processes: the first
 * one to come there makes the file.
 *
 * @param sequence sequence of the frame
 * @param file path of a file that does not exist yet
 */
public record DeviceLoss(long sequence, String file) implements FakePipelineFactory.Examiner {

    @Override
    public FrameResult apply(EncodedFrame frame) {
        if (frame.sequence() == sequence && isFirst()) {
            throw new FrameflowException(FailureCode.DEVICE_LOST, "an illegal address was used");
        }
        return Scene.examine(frame);
    }

    private boolean isFirst() {
        try {
            Files.createFile(Path.of(file));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
