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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the job: {@code --config FILE}, {@code --help}, and {@code --key value} or
 * {@code --key=value} for each option, which win over the file.
 *
 * @param help whether help is asked for
 * @param options texts by key, of the file and the arguments together
 */
public record Arguments(boolean help, Map<String, String> options) {
    private static final String CONFIG = "config";

    /** Copies the map. */
    public Arguments {
        options = Map.copyOf(options);
    }

    /**
     * Reads the arguments, and the file that they name.
     *
     * @throws FrameflowException INVALID_SETTINGS if they are not of the form above, or the file is
     *     not
     */
    public static Arguments parse(String... arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        int next = 0;
        while (next < arguments.length) {
            String argument = arguments[next++];
            if (argument.equals("--help") || argument.equals("-h")) {
                return new Arguments(true, Map.of());
            }
            String name = nameOf(argument);
            int equals = name.indexOf('=');
            String key = equals < 0 ? name : name.substring(0, equals);
            String value;
            if (equals >= 0) {
                value = name.substring(equals + 1);
            } else if (next < arguments.length && !arguments[next].startsWith("--")) {
                value = arguments[next++];
            } else {
                throw problem(argument + " needs a value behind it, as in " + argument + "=value");
            }
            if (given.put(key, value) != null) {
                throw problem("--" + key + " is given twice");
            }
        }
        return new Arguments(false, merge(given.remove(CONFIG), given));
    }

    private static Map<String, String> merge(@Nullable String file, Map<String, String> overrides) {
        Map<String, String> merged = new LinkedHashMap<>();
        if (file != null) {
            merged.putAll(ConfigurationFile.read(Path.of(file)));
        }
        merged.putAll(overrides);
        return merged;
    }

    private static String nameOf(String argument) {
        if (!argument.startsWith("--") || argument.length() == 2) {
            throw problem(
                    "'" + argument + "' is not understood: write --config FILE or --key value");
        }
        return argument.substring(2);
    }

    private static FrameflowException problem(String message) {
        return new FrameflowException(
                FailureCode.INVALID_SETTINGS, message + " (--help shows all)");
    }
}
