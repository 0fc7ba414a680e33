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
package io.frameflow.failure;

/** What the caller must do about a failure. */
public enum FailureKind {
    /** The input is bad and stays bad: put it aside with the reason and go on. */
    BAD_INPUT,
    /** The settings or the files they name are wrong: tell the user what to change and stop. */
    BAD_CONFIGURATION,
    /** It may work later: restart from the last checkpoint. */
    TRANSIENT,
    /** Memory, disk or another limit is used up: restart, and tell the operator which limit. */
    EXHAUSTED,
    /** The device or its context is lost for this process: end the process, restart elsewhere. */
    DEVICE_LOST,
    /** The program is wrong: stop with all details. */
    BUG
}
