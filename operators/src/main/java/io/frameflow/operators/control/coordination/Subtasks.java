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
package io.frameflow.operators.control.coordination;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The subtasks of inference as the coordinator sees them. Not thread-safe. */
final class Subtasks {
    private static final long NOTHING = -1;

    private final @Nullable Link[] links;

    /** What is known of a subtask that runs, or has ended by itself. */
    private static final class Link {
        private final Consumer<SubtaskCommand> sender;
        private long applied = NOTHING;
        private boolean ended;

        Link(Consumer<SubtaskCommand> sender) {
            this.sender = sender;
        }
    }

    Subtasks(int count) {
        links = new Link[count];
    }

    int count() {
        return links.length;
    }

    /** A subtask runs. */
    void ready(int subtask, Consumer<SubtaskCommand> sender) {
        links[subtask] = new Link(sender);
    }

    /** A subtask no longer runs. */
    void gone(int subtask) {
        links[subtask] = null;
    }

    void allGone() {
        for (int subtask = 0; subtask < links.length; subtask++) {
            gone(subtask);
        }
    }

    /** A subtask will get no more frames. */
    void ended(int subtask) {
        Link link = links[subtask];
        if (link != null) {
            link.ended = true;
        }
    }

    void applied(int subtask, long version) {
        Link link = links[subtask];
        if (link != null) {
            link.applied = version;
        }
    }

    /** Tells every subtask that runs; those that start later are told when they do. */
    void tellAll(SubtaskCommand command) {
        for (int subtask = 0; subtask < links.length; subtask++) {
            tell(subtask, command);
        }
    }

    void tell(int subtask, SubtaskCommand command) {
        Link link = links[subtask];
        if (link != null && !link.ended) {
            link.sender.accept(command);
        }
    }

    /** Whether nobody needs to wait for a subtask. */
    boolean hasEnded(int subtask) {
        Link link = links[subtask];
        return link != null && link.ended;
    }

    /** The version that every subtask has applied; -1 where one has applied none. */
    long appliedEverywhere() {
        long least = Long.MAX_VALUE;
        for (Link link : links) {
            if (link == null) {
                return NOTHING;
            }
            if (!link.ended) {
                least = Math.min(least, link.applied);
            }
        }
        return least;
    }

    /** The first subtask that can let records go out; -1 where there is none. */
    int firstRunning() {
        for (int subtask = 0; subtask < links.length; subtask++) {
            Link link = links[subtask];
            if (link != null && !link.ended) {
                return subtask;
            }
        }
        return -1;
    }
}
