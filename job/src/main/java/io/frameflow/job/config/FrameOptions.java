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

/** Which frames are taken in. */
public final class FrameOptions {

    /** Largest message. */
    public static final JobOption<MemorySize> MAX_MESSAGE_SIZE =
            JobOption.withDefault(
                    "frames.max-message-size",
                    Domain.sizes(new MemorySize(1024), MemorySize.ofMebiBytes(256)),
                    MemorySize.ofMebiBytes(16),
                    "Largest message that is opened; a larger one becomes a dead letter.");

    static final OptionSection SECTION =
            new OptionSection(
                    "Frames",
                    "Which frames are taken in. They are untrusted: what goes beyond these limits"
                            + " becomes a dead letter before memory is taken for it.",
                    List.of(MAX_MESSAGE_SIZE));

    private FrameOptions() {}
}
