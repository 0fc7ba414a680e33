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
package io.frameflow.cli.nvinfer;

/** What becomes of one key of nvinfer. */
@FunctionalInterface
interface KeyRule {
    /**
     * Translates a value into the draft.
     *
     * @param value the value as it stands in the file
     * @param draft receives what it means
     * @throws NotSupported if nothing here does what it asks for
     * @throws NumberFormatException if it is not the number that it must be
     */
    void translate(String value, ModelDraft draft) throws NotSupported;

    /** Nothing here does what the key asks for; the message says what to do instead. */
    final class NotSupported extends Exception {
        private static final long serialVersionUID = 1;

        NotSupported(String message) {
            super(message);
        }
    }

    /** A key that means something else, or nothing, whatever its value. */
    static KeyRule notSupported(String reason) {
        return (value, draft) -> {
            throw new NotSupported(reason);
        };
    }

    /** A key that asks for nothing where it has one value, and is not supported otherwise. */
    static KeyRule only(String harmless, String reason) {
        return (value, draft) -> {
            if (!value.equals(harmless)) {
                throw new NotSupported(reason);
            }
        };
    }

    /** A number that is written as it is. */
    static KeyRule number(String path) {
        return (value, draft) -> draft.put(path, plain(value));
    }

    /** 0 or 1 as {@code false} or {@code true}. */
    static KeyRule flag(String path) {
        return (value, draft) -> draft.put(path, isOn(value) ? "true" : "false");
    }

    /** Whether a flag is 1. */
    static boolean isOn(String value) {
        return switch (value) {
            case "1", "true" -> true;
            case "0", "false" -> false;
            default -> throw new NumberFormatException("expected 0 or 1");
        };
    }

    /** A number as YAML has it, checked. */
    static String plain(String value) {
        double number = Double.parseDouble(value);
        if (!Double.isFinite(number)) {
            throw new NumberFormatException("not finite");
        }
        return value;
    }

    /** The parts of a list; a separator at its end is not another part. */
    static java.util.List<String> list(String value) {
        return java.util.Arrays.stream(value.split(";", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
