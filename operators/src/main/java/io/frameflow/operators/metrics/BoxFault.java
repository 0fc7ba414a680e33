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
package io.frameflow.operators.metrics;

/** Why a box gets no track. */
public enum BoxFault {
    /** A coordinate, a size or the score is not a finite number. */
    NOT_FINITE,
    /** Width or height is 0 or below. */
    NO_AREA,
    /** It lies or reaches further away than any picture does. */
    OUT_OF_RANGE,
    /** Its class is below 0. */
    NEGATIVE_CLASS,
    /** Too many others in its frame have a higher score. */
    TOO_MANY
}
