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

/**
 * The model that control has changed over to.
 *
 * @param file its model file
 * @param replaced the model file that the job's options named when it was changed: where they name
 *     another one now, that is newer, and this choice is over
 * @param controlId the message that changed it
 * @param version number of that change
 */
public record ModelChoice(String file, String replaced, String controlId, long version)
        implements Serializable {}
