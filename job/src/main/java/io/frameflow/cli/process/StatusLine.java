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
package io.frameflow.cli.process;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * A line that is written over again and again on a terminal. Where standard error is no terminal, a
 * line now and then. Not thread-safe.
 */
public final class StatusLine {
    /** The launcher sets this property where standard error is a terminal; Java 17 cannot tell. */
    private static final String TERMINAL_PROPERTY = "frameflow.stderr.terminal";

    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(10);

    private final PrintWriter err;
    private final boolean terminal = Boolean.getBoolean(TERMINAL_PROPERTY);
    private long lastPlainNanos = System.nanoTime();
    private int shownLength;

    /** A line on {@code err}. */
    public StatusLine(PrintWriter err) {
        this.err = err;
    }

    /** Shows a text in place of the one before. */
    public void show(String text) {
        if (terminal) {
            err.print('\r' + text + " ".repeat(Math.max(0, shownLength - text.length())));
            shownLength = text.length();
            err.flush();
        } else if (System.nanoTime() - lastPlainNanos >= PLAIN_INTERVAL.toNanos()) {
            lastPlainNanos = System.nanoTime();
            err.println(text);
            err.flush();
        }
    }

    /** Takes the line away. */
    public void end() {
        if (terminal && shownLength > 0) {
            err.print('\r' + " ".repeat(shownLength) + '\r');
            err.flush();
            shownLength = 0;
        }
    }
}
