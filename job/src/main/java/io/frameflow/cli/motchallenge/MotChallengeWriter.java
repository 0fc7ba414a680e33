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
package io.frameflow.cli.motchallenge;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Writes MOTChallenge's text format: {@code frame, id, bb_left, bb_top, bb_width, bb_height, conf,
 * x, y, z}, the last three -1 because the boxes have no place in the world.
 */
public final class MotChallengeWriter {
    private final PrintWriter out;

    /** Writes to the given writer, which stays the caller's to flush and close. */
    public MotChallengeWriter(PrintWriter out) {
        this.out = out;
    }

    /** Writes one box. */
    public void write(MotChallengeRow row) {
        out.printf(
                Locale.ROOT,
                "%d,%d,%.3f,%.3f,%.3f,%.3f,%.6f,-1,-1,-1\n",
                row.frame(),
                row.id(),
                row.left(),
                row.top(),
                row.width(),
                row.height(),
                row.confidence());
    }
}
