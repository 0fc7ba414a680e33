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
package io.frameflow.cli.view.board;

import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Preview;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings the pictures of a camera's frames together with their results, whichever comes first.
 * Pictures wait for their result for some time and are then shown alone; results wait as long as
 * there is room. Where no pictures come, results are shown alone, some of them.
 */
final class FrameMatcher {
    private static final int MAX_RESULTS = 64;
    private static final int MAX_RESULT_BYTES = 2 << 20;
    private static final int MAX_WAITING = 8;
    private static final long PATIENCE_MILLIS = 2000;
    private static final long PICTURELESS_MILLIS = 3000;
    private static final long LEAST_INTERVAL_MILLIS = 150;

    private final Deque<Result> results = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int resultBytes;
    private long lastPreviewMillis = Long.MIN_VALUE / 2;
    private long lastAloneMillis = Long.MIN_VALUE / 2;

    private record Result(FrameDetections frame, int bytes) {}

    private record Waiting(Preview preview, Pictures pictures, long sinceMillis) {}

    /** Takes pictures; gives what is to be shown now. */
    Optional<ShownFrame> add(Preview preview, Pictures pictures, long nowMillis) {
        lastPreviewMillis = nowMillis;
        for (Iterator<Result> each = results.descendingIterator(); each.hasNext(); ) {
            FrameDetections frame = each.next().frame();
            if (isSame(preview, frame)) {
                return Optional.of(shown(preview, pictures, frame));
            }
        }
        waiting.add(new Waiting(preview, pictures, nowMillis));
        if (waiting.size() > MAX_WAITING) {
            Waiting oldest = waiting.remove();
            return Optional.of(shown(oldest.preview(), oldest.pictures(), null));
        }
        return Optional.empty();
    }

    /**
     * Takes a result; gives what is to be shown now.
     *
     * @param bytes size of its message
     */
    Optional<ShownFrame> add(FrameDetections frame, int bytes, long nowMillis) {
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting next = each.next();
            if (isSame(next.preview(), frame)) {
                each.remove();
                return Optional.of(shown(next.preview(), next.pictures(), frame));
            }
        }
        keep(new Result(frame, bytes));
        if (nowMillis - lastPreviewMillis < PICTURELESS_MILLIS
                || nowMillis - lastAloneMillis < LEAST_INTERVAL_MILLIS) {
            return Optional.empty();
        }
        lastAloneMillis = nowMillis;
        return Optional.of(
                new ShownFrame(
                        frame.getCameraId(),
                        frame.getSequence(),
                        frame.getCaptureTimeUs(),
                        frame.getWidth(),
                        frame.getHeight(),
                        null,
                        frame));
    }

    /** Gives the pictures that have waited long enough. */
    List<ShownFrame> overdue(long nowMillis) {
        List<ShownFrame> overdue = new ArrayList<>();
        while (!waiting.isEmpty()
                && nowMillis - waiting.element().sinceMillis() >= PATIENCE_MILLIS) {
            Waiting oldest = waiting.remove();
            overdue.add(shown(oldest.preview(), oldest.pictures(), null));
        }
        return overdue;
    }

    private void keep(Result result) {
        results.add(result);
        resultBytes += result.bytes();
        while (results.size() > MAX_RESULTS
                || (resultBytes > MAX_RESULT_BYTES && results.size() > 1)) {
            resultBytes -= results.remove().bytes();
        }
    }

    private static boolean isSame(Preview preview, FrameDetections frame) {
        return preview.getSequence() == frame.getSequence()
                && Objects.equals(preview.getSession(), frame.getSession());
    }

    private static ShownFrame shown(
            Preview preview, Pictures pictures, @Nullable FrameDetections result) {
        return new ShownFrame(
                preview.getCameraId(),
                preview.getSequence(),
                preview.getCaptureTimeUs(),
                preview.getWidth(),
                preview.getHeight(),
                pictures,
                result);
    }
}
