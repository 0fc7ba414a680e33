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
package io.frameflow.operators.preview;

import io.frameflow.operators.types.RecordTypes;
import io.frameflow.schema.Preview;
import org.apache.flink.util.OutputTag;

/** The side output for pictures to look at. */
public final class Previews {
    /** Pass it to {@code getSideOutput} of the inference operator. */
    public static final OutputTag<Preview> TAG = new OutputTag<>("previews", RecordTypes.preview());

    private Previews() {}
}
