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
package io.frameflow.cli.view.web;

import io.frameflow.schema.Control;
import java.io.IOException;

/** Where changes go to. Thread-safe. */
@FunctionalInterface
public interface ControlDoor {
    /**
     * Sends a change and returns when it is on its topic.
     *
     * @throws IOException if it could not be sent, with the reason for a person
     */
    void send(Control control) throws IOException;
}
