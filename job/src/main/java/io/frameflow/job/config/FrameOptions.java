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

import io.frameflow.decode.DecodeLimits;
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

    /** Longest side of a picture. */
    public static final JobOption<Integer> MAX_SIDE =
            JobOption.withDefault(
                    "frames.max-side",
                    Domain.integers(1, 65_535),
                    DecodeLimits.DEFAULT.maxSide(),
                    "Longest side of a picture that is decoded, in pixels.");

    /** Most pixels of a picture. */
    public static final JobOption<Integer> MAX_PIXELS =
            JobOption.withDefault(
                    "frames.max-pixels",
                    Domain.integers(1, DecodeLimits.LARGEST_MAX_PIXELS),
                    DecodeLimits.DEFAULT.maxPixels(),
                    "Most pixels of a picture that is decoded. Each decoding thread takes about 4"
                            + " bytes of heap for one.");

    static final OptionSection SECTION =
            new OptionSection(
                    "Frames",
                    "Which frames are taken in. They are untrusted: what goes beyond these limits"
                            + " becomes a dead letter before memory is taken for it.",
                    List.of(MAX_MESSAGE_SIZE, MAX_SIDE, MAX_PIXELS));

    private FrameOptions() {}
}
