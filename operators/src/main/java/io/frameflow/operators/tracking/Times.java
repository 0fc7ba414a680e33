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
package io.frameflow.operators.tracking;

/** Arithmetic of times and sequences from outside, which may be any number, without overflow. */
final class Times {
    private Times() {}

    /** A difference; the nearest number where it is none of 64 bits. */
    static long difference(long later, long earlier) {
        long difference = later - earlier;
        boolean overflows = ((later ^ earlier) & (later ^ difference)) < 0;
        return overflows ? (later < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : difference;
    }

    /** A time and a duration of 0 or above; the latest time where it lies beyond. */
    static long later(long time, long duration) {
        return time > Long.MAX_VALUE - duration ? Long.MAX_VALUE : time + duration;
    }
}
