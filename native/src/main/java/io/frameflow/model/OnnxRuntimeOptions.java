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
package io.frameflow.model;

/**
 * Options of the engine on the CPU.
 *
 * @param threads threads that work on one batch; 0 for one a core of the machine
 */
public record OnnxRuntimeOptions(int threads) {
    /** One thread a core. */
    public static final OnnxRuntimeOptions DEFAULT = new OnnxRuntimeOptions(0);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if there are fewer than 0 threads
     */
    public OnnxRuntimeOptions {
        if (threads < 0) {
            throw new IllegalArgumentException(threads + " threads");
        }
    }
}
