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
package io.frameflow.cli;

import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** How noise is reduced, for the commands that do so. */
final class DenoiseSettingsOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--preset",
            paramLabel = "PRESET",
            defaultValue = "default",
            converter = PresetConverter.class,
            completionCandidates = PresetCandidates.class,
            description =
                    "The kind of scene, one of ${COMPLETION-CANDIDATES} (default:"
                            + " ${DEFAULT-VALUE}).")
    private DenoisePreset preset = DenoisePreset.DEFAULT;

    @Option(
            names = "--strength",
            paramLabel = "STRENGTH",
            defaultValue = "0.5",
            description = "How much noise is reduced, 0 to 1 (default: ${DEFAULT-VALUE}).")
    private float strength = DenoiseSettings.DEFAULT_STRENGTH;

    /** What was given. */
    DenoiseSettings settings() {
        if (!(strength >= 0 && strength <= 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--strength is " + strength + ", must be from 0 to 1");
        }
        return new DenoiseSettings(preset, strength);
    }

    /** The presets as they are written. */
    static final class PresetCandidates implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(DenoisePreset.values()).map(DenoisePreset::label).iterator();
        }
    }

    /** Reads a preset as it is written. */
    static final class PresetConverter implements ITypeConverter<DenoisePreset> {
        @Override
        public DenoisePreset convert(String value) {
            return DenoisePreset.ofLabel(value)
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "'"
                                                    + value
                                                    + "' is no preset: give "
                                                    + DenoisePreset.labels()));
        }
    }
}
