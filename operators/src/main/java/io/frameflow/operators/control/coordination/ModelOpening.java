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

import io.frameflow.operators.control.ControlChange;
import io.frameflow.operators.control.ControlMessage;
import io.frameflow.operators.control.ControlOrigin;
import java.util.BitSet;

/** A change of the model that waits until every subtask has opened it. Not thread-safe. */
final class ModelOpening {
    private final long number;
    private final ControlMessage message;
    private final ControlOrigin origin;
    private final ControlChange change;
    private final BitSet opened = new BitSet();

    ModelOpening(long number, ControlMessage message, ControlOrigin origin, ControlChange change) {
        this.number = number;
        this.message = message;
        this.origin = origin;
        this.change = change;
    }

    long number() {
        return number;
    }

    /** The message that asks for it. */
    ControlMessage message() {
        return message;
    }

    ControlOrigin origin() {
        return origin;
    }

    ControlChange change() {
        return change;
    }

    SubtaskCommand command() {
        return new SubtaskCommand.OpenModel(number, String.valueOf(change.modelFile()));
    }

    void opened(int subtask) {
        opened.set(subtask);
    }

    /** The subtask starts again, without the model. */
    void gone(int subtask) {
        opened.clear(subtask);
    }

    boolean isOpenIn(int subtask) {
        return opened.get(subtask);
    }

    boolean isOpenEverywhere(Subtasks subtasks) {
        for (int subtask = 0; subtask < subtasks.count(); subtask++) {
            if (!opened.get(subtask) && !subtasks.hasEnded(subtask)) {
                return false;
            }
        }
        return true;
    }
}
