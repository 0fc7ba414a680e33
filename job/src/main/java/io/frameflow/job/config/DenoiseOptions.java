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

import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.denoise.DenoiseStage;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** How noise is reduced before frames are examined. */
public final class DenoiseOptions {

    /** Whether it is. */
    public static final JobOption<Boolean> ENABLED =
            JobOption.withDefault(
                    "denoise.enabled", Domain.booleans(), false, "Whether noise is reduced.");

    /** The kind of scene. */
    public static final JobOption<DenoisePreset> PRESET =
            JobOption.withDefault(
                    "denoise.preset",
                    Domain.oneOf(List.of(DenoisePreset.values())),
                    DenoisePreset.DEFAULT,
                    "The kind of scene: how long still parts are averaged, and what counts as"
                            + " motion. Low light averages longest.");

    /** The strength. */
    public static final JobOption<Float> STRENGTH =
            JobOption.withDefault(
                    "denoise.strength",
                    Domain.numbers(0, 1),
                    DenoiseSettings.DEFAULT_STRENGTH,
                    "How much noise is reduced; 0 leaves pictures as they are.");

    /** Memory for histories. */
    public static final JobOption<MemorySize> MAX_HISTORY_SIZE =
            JobOption.withDefault(
                    "denoise.max-history-size",
                    Domain.sizes(MemorySize.ofMebiBytes(1), MemorySize.ofMebiBytes(1 << 20)),
                    new MemorySize(DenoiseStage.DEFAULT_HISTORY_LIMIT),
                    "Most memory of a subtask for what is remembered of its cameras: 8 bytes a pixel"
                            + " and camera on a card, 6 of JPEGs with halved chroma, 4 in the heap"
                            + " without one. Where it is used up, the camera that was silent longest is"
                            + " forgotten.");

    static final OptionSection SECTION =
            new OptionSection(
                    "Noise reduction",
                    "Whether and how noise is reduced before frames are examined. What is remembered"
                            + " of a camera is not part of checkpoints: after a restart pictures"
                            + " become clean again within some frames, and each record says how many"
                            + " frames its picture rests on.",
                    List.of(ENABLED, PRESET, STRENGTH, MAX_HISTORY_SIZE));

    private DenoiseOptions() {}

    /** What the options say. */
    static DenoiseStage stage(OptionValues values) {
        DenoiseSettings settings =
                values.get(ENABLED)
                        ? new DenoiseSettings(values.get(PRESET), values.get(STRENGTH))
                        : DenoiseSettings.OFF;
        return new DenoiseStage(settings, values.get(MAX_HISTORY_SIZE).getBytes());
    }
}
