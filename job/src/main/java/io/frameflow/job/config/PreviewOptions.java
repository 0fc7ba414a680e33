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

import io.frameflow.operators.preview.PreviewSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;

/** Pictures of some frames, for people to look at. */
public final class PreviewOptions {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** How many. */
    public static final JobOption<Float> RATE =
            JobOption.withDefault(
                    "preview.rate",
                    Domain.numbers(0.1f, 30),
                    5f,
                    "Most pictures a second of each camera, by the capture times of its frames.");

    /** How large. */
    public static final JobOption<MemorySize> MAX_PICTURE_SIZE =
            JobOption.withDefault(
                    "preview.max-picture-size",
                    Domain.sizes(new MemorySize(1024), MemorySize.ofMebiBytes(64)),
                    MemorySize.parse("960 kb"),
                    "Most bytes that the pictures of a frame may have together. JPEGs are sent as"
                            + " they came in; what is too large is left out, the frame as it came"
                            + " before the one with less noise. The topic's max.message.bytes must"
                            + " be 64 KiB above it.");

    static final OptionSection SECTION =
            new OptionSection(
                    "Preview",
                    "Pictures of some frames, for `frameflow view` and other eyes. There are none"
                            + " unless `kafka.topics.preview` is set. They never hold results up:"
                            + " what Kafka does not take at once is left out and counted.",
                    List.of(RATE, MAX_PICTURE_SIZE));

    private PreviewOptions() {}

    /** What the options say; empty where nobody is to look. */
    static Optional<PreviewSettings> previews(OptionValues values) {
        return values.find(KafkaOptions.PREVIEW_TOPIC)
                .map(
                        topic ->
                                new PreviewSettings(
                                        Duration.ofNanos(
                                                (long) (NANOS_PER_SECOND / values.get(RATE))),
                                        (int) values.get(MAX_PICTURE_SIZE).getBytes()));
    }
}
