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
package io.frameflow.cli.publish;

/**
 * How fast frames are published.
 *
 * @param kind by which clock
 * @param framesPerSecond for {@link Kind#FIXED}; 0 for the others
 */
public record Pace(Kind kind, double framesPerSecond) {
    /** At the times that the source has. */
    public static final Pace RECORDED = new Pace(Kind.RECORDED, 0);

    /** As fast as possible. */
    public static final Pace UNLIMITED = new Pace(Kind.UNLIMITED, 0);

    /** By which clock. */
    public enum Kind {
        /** At the times that the source has. */
        RECORDED,
        /** A fixed number of frames a second. */
        FIXED,
        /** As fast as possible. */
        UNLIMITED
    }

    /**
     * Reads a pace.
     *
     * @param text {@code recorded}, {@code max}, or a number of frames a second
     * @throws IllegalArgumentException if it is none of these
     */
    public static Pace parse(String text) {
        if (text.equals("recorded")) {
            return RECORDED;
        }
        if (text.equals("max")) {
            return UNLIMITED;
        }
        try {
            double rate = Double.parseDouble(text);
            if (rate > 0 && Double.isFinite(rate)) {
                return new Pace(Kind.FIXED, rate);
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for everything that is no pace.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no rate: give recorded, max, or frames a second above 0");
    }

    /**
     * Time of a frame since the first one.
     *
     * @param index number of the frame, from 0
     * @param mediaTimeMicros its time in the source, in microseconds since the first one
     * @return microseconds
     */
    long timeMicros(long index, long mediaTimeMicros) {
        return kind == Kind.FIXED
                ? Math.round(index * 1_000_000 / framesPerSecond)
                : mediaTimeMicros;
    }
}
