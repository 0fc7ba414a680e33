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

/**
 * A loaded network: the weights and what is known about them. Several executions may share it, each
 * with memory of its own; they must be closed before it.
 *
 * <p>Where inputs and outputs lie differs between engines, and so does the kind of execution that
 * each of them opens: a {@link HostEngine} works in the host's memory.
 *
 * <p>Thread-safe.
 */
public interface Engine extends AutoCloseable {
    /** Which engine and network this is. */
    EngineInfo info();

    /** What goes in and what comes out. */
    NetworkSignature signature();

    /** Frees the network. Does nothing the second time. */
    @Override
    void close();
}
