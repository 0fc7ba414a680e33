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
package io.frameflow.engine;

/** An engine whose inputs and outputs lie in the host's memory. */
public interface HostEngine extends Engine {
    /**
     * Takes the memory for batches.
     *
     * @param capacity most images a batch, at least 1; where the network takes fewer in one run, a
     *     batch is several runs
     * @throws io.frameflow.failure.FrameflowException with {@code OUT_OF_MEMORY} if there is not
     *     enough
     */
    HostExecution newExecution(int capacity);
}
