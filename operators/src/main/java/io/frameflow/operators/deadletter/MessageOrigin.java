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
package io.frameflow.operators.deadletter;

import org.jspecify.annotations.Nullable;

/** Where a message was read from. */
public interface MessageOrigin {

    /** Kafka topic. */
    String topic();

    /** Partition of the topic. */
    int partition();

    /** Offset in the partition. */
    long offset();

    /** Kafka's time of the message, in milliseconds since 1970-01-01T00:00:00Z. */
    long timestampMillis();

    /** Key of the message, or null where it has none; not to be changed. */
    byte @Nullable [] key();
}
