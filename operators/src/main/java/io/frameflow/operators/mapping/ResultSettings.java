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
package io.frameflow.operators.mapping;

import io.frameflow.operators.deadletter.DeadLetterFactory;
import java.io.Serializable;

/**
 * How results become records.
 *
 * @param maxBytes most bytes of a record, tracks included
 * @param deadLetters makes the dead letters of frames without a result
 */
public record ResultSettings(int maxBytes, DeadLetterFactory deadLetters) implements Serializable {
    private static final long serialVersionUID = 1;
}
