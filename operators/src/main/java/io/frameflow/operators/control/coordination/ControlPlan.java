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

import io.frameflow.operators.control.ControlFeed;
import java.io.Serializable;

/**
 * What a job needs for being controlled.
 *
 * @param feed where the messages come from
 * @param modelFile the model file that the job's options name
 * @param tracking whether the job tracks, so that tracking can be switched
 */
public record ControlPlan(ControlFeed feed, String modelFile, boolean tracking)
        implements Serializable {}
