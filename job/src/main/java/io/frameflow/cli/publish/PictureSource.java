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
package io.frameflow.cli.publish;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Pictures one after the other. Used by one thread. */
public interface PictureSource extends AutoCloseable {

    /**
     * The next picture; waits for it if the source is live.
     *
     * @return null at the end
     * @throws IOException if the source fails, with which and what to do
     */
    @Nullable Picture next() throws IOException;

    /** Time from one picture to the next, in microseconds, where the source plays at its speed. */
    long intervalMicros();

    @Override
    void close() throws IOException;
}
