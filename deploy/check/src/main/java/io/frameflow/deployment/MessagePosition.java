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
package io.frameflow.deployment;

import java.util.Comparator;

/**
 * Where a message lies on the frames topic.
 *
 * @param partition number of the partition
 * @param offset offset in it
 */
record MessagePosition(int partition, long offset) implements Comparable<MessagePosition> {
    private static final Comparator<MessagePosition> ORDER =
            Comparator.comparingInt(MessagePosition::partition)
                    .thenComparingLong(MessagePosition::offset);

    @Override
    public int compareTo(MessagePosition other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "partition " + partition + " offset " + offset;
    }
}
