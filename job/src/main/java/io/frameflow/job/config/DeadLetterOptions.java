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

/** What is kept of messages that cannot be processed. */
public final class DeadLetterOptions {

    /** Largest value that is kept. */
    public static final JobOption<MemorySize> MAX_PAYLOAD_SIZE =
            JobOption.withDefault(
                    "dead-letters.max-payload-size",
                    Domain.sizes(MemorySize.ZERO, MemorySize.ofMebiBytes(256)),
                    MemorySize.parse("960 kb"),
                    "Largest message whose bytes are copied into its dead letter; a larger one"
                            + " leaves only its provenance and the reason. The topic's"
                            + " max.message.bytes must be 64 KiB above it. 0 keeps no bytes.");

    static final OptionSection SECTION =
            new OptionSection(
                    "Dead letters",
                    "What is kept of messages that cannot be processed.",
                    List.of(MAX_PAYLOAD_SIZE));

    private DeadLetterOptions() {}
}
