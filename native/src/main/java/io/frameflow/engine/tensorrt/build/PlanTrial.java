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
package io.frameflow.engine.tensorrt.build;

import java.nio.file.Path;

/** Looks at a plan before it is stored, such as at the accuracy of its results. */
@FunctionalInterface
public interface PlanTrial {
    /** Every plan will do. */
    PlanTrial NONE = plan -> {};

    /**
     * Looks at a plan.
     *
     * @param plan its file, with the metadata beside it
     * @throws io.frameflow.failure.FrameflowException if it must not be stored, with the reason
     */
    void judge(Path plan);
}
