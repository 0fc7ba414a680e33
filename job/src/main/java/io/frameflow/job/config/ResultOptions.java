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
package io.frameflow.job.config;

import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** What results may be. */
public final class ResultOptions {

    /** Largest result that is sent. */
    public static final JobOption<MemorySize> MAX_RESULT_SIZE =
            JobOption.withDefault(
                    "detections.max-result-size",
                    Domain.sizes(MemorySize.parse("16 kb"), MemorySize.ofMebiBytes(256)),
                    MemorySize.parse("960 kb"),
                    "Largest result of a frame; one with a larger result becomes a dead letter."
                            + " Class maps of unquiet pictures and raw tensors are large. The"
                            + " topic's max.message.bytes must be 64 KiB above it.");

    static final OptionSection SECTION =
            new OptionSection("Results", "What results may be.", List.of(MAX_RESULT_SIZE));

    private ResultOptions() {}
}
