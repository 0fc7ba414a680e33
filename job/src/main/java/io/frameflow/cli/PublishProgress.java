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

import io.frameflow.cli.process.StatusLine;
import io.frameflow.cli.publish.FrameProducer;
import java.io.PrintWriter;

/** How far publishing has come, on one line. Used by one thread. */
final class PublishProgress {
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final FrameProducer producer;
    private final StatusLine line;
    private final long startNanos = System.nanoTime();

    PublishProgress(FrameProducer producer, PrintWriter err) {
        this.producer = producer;
        this.line = new StatusLine(err);
    }

    void print() {
        line.show(summary());
    }

    void finish() {
        line.end();
    }

    String summary() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return String.format(
                "published %,d frames in %.1f s: %.1f frames/s, %.1f MB/s",
                producer.frames(),
                seconds,
                producer.frames() / seconds,
                producer.bytes() / BYTES_PER_MEGABYTE / seconds);
    }
}
