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
package io.frameflow.pipeline;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.io.Serializable;

/**
 * Opens pipelines where the frames are, in the process and on the thread that will use them.
 * Travels there in serialized form, and therefore holds settings only.
 */
@FunctionalInterface
public interface FramePipelineFactory extends Serializable {

    /**
     * Loads the model and takes the memory that the pipeline needs.
     *
     * @param slot what may be used here
     * @throws FrameflowException if the model or the engine cannot be had, with what to do about it
     */
    FramePipeline open(SlotResources slot);

    /**
     * A factory like this one, but for the model. Reads nothing yet.
     *
     * @param modelFile path of the model file, as the machine sees it where pipelines are opened
     * @throws FrameflowException with {@link FailureCode#INVALID_SETTINGS} if pipelines of this
     *     kind have one model for good
     */
    default FramePipelineFactory withModel(String modelFile) {
        throw new FrameflowException(
                FailureCode.INVALID_SETTINGS, "pipelines of this kind have one model for good");
    }

    /** Opens a pipeline outside of Flink, which may use everything that the process sees. */
    default FramePipeline open() {
        return open(SlotResources.unassigned());
    }
}
