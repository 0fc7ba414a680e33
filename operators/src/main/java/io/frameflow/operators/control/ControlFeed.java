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
package io.frameflow.operators.control;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Where control messages come from. Travels to the JobManager, and therefore holds settings. */
public interface ControlFeed extends Serializable {

    /** Name of the feed: progress in one of another name means nothing here. */
    String name();

    /**
     * Connects.
     *
     * @param positions offset of the next message of each partition; those that it does not name
     *     are new, and read from their beginning. Empty for a job without a past
     * @param sinceMillis for a job without a past: messages from this time on count, in
     *     milliseconds since 1970-01-01T00:00:00Z
     * @throws RuntimeException if it cannot connect now
     */
    Reader open(Map<Integer, Long> positions, long sinceMillis);

    /** A connection. For one thread, but for {@link #wakeUp}. */
    interface Reader extends AutoCloseable {

        /** Offset of the next message of each partition. */
        Map<Integer, Long> positions();

        /**
         * The next messages, those of a partition in order; none where none comes in time.
         *
         * @throws RuntimeException if the connection is broken
         */
        List<ControlMessage> poll(Duration timeout);

        /** Makes a running {@link #poll} return, for any thread. */
        void wakeUp();

        @Override
        void close();
    }
}
