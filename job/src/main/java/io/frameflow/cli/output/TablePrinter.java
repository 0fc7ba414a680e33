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
package io.frameflow.cli.output;

import io.frameflow.schema.AnalyticsDetails;
import io.frameflow.schema.BoundingBox;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Track;
import io.frameflow.schema.TrackEvent;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Prints records as lines of a table for people: of results a line for each object, and one for a
 * frame without any.
 *
 * @param <T> the generated record class
 */
public final class TablePrinter<T> implements RecordPrinter<T> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    private static final String DETECTIONS = "%-12s  %-16s %9s %6s  %-16s %5s %8s %8s %8s %8s";
    private static final String DEAD_LETTERS = "%-12s  %-16s %9s  %-12s %-24s %9s  %-20s %s";
    private static final String EVENTS = "%-12s  %-16s %9s %6s  %-18s %-16s %5s %10s  %s";

    private final PrintWriter out;
    private final String heading;
    private final Function<T, List<String>> rows;

    private TablePrinter(PrintWriter out, String heading, Function<T, List<String>> rows) {
        this.out = out;
        this.heading = heading;
        this.rows = rows;
    }

    /** A table of detections. */
    public static TablePrinter<FrameDetections> ofDetections(PrintWriter out) {
        String heading =
                DETECTIONS.formatted(
                        "CAPTURED",
                        "CAMERA",
                        "SEQUENCE",
                        "TRACK",
                        "LABEL",
                        "SCORE",
                        "LEFT",
                        "TOP",
                        "WIDTH",
                        "HEIGHT");
        return new TablePrinter<>(out, heading, TablePrinter::detections);
    }

    /** A table of dead letters. */
    public static TablePrinter<DeadLetter> ofDeadLetters(PrintWriter out) {
        String heading =
                DEAD_LETTERS.formatted(
                        "CAPTURED",
                        "CAMERA",
                        "SEQUENCE",
                        "STAGE",
                        "CODE",
                        "BYTES",
                        "SOURCE",
                        "MESSAGE");
        return new TablePrinter<>(out, heading, letter -> List.of(deadLetter(letter)));
    }

    /** A table of track events, and of acknowledgements of control messages among them. */
    public static TablePrinter<SpecificRecord> ofEvents(PrintWriter out) {
        String heading =
                EVENTS.formatted(
                        "CAPTURED",
                        "CAMERA",
                        "SEQUENCE",
                        "TRACK",
                        "EVENT",
                        "LABEL",
                        "SCORE",
                        "DETECTIONS",
                        "WHERE AND TOTAL");
        return new TablePrinter<>(
                out,
                heading,
                record ->
                        List.of(
                                record instanceof ControlAcknowledgement acknowledgement
                                        ? acknowledgement(acknowledgement)
                                        : event((TrackEvent) record)));
    }

    @Override
    public void begin() {
        out.println(heading);
    }

    @Override
    public void print(T value) {
        rows.apply(value).forEach(out::println);
    }

    private static List<String> detections(FrameDetections frame) {
        if (frame.getObjects().isEmpty()) {
            String status = "(" + frame.getStatus() + ")";
            return List.of(row(frame, "", status, "", "", "", "", ""));
        }
        return frame.getObjects().stream().map(object -> detection(frame, object)).toList();
    }

    private static String detection(FrameDetections frame, DetectedObject object) {
        BoundingBox box = object.getBox();
        Track track = object.getTrack();
        return row(
                frame,
                track == null ? "" : Long.toString(track.getTrackId()),
                object.getLabel(),
                score(object.getScore()),
                pixels(box.getLeft()),
                pixels(box.getTop()),
                pixels(box.getWidth()),
                pixels(box.getHeight()));
    }

    private static String row(
            FrameDetections frame,
            String track,
            String label,
            String score,
            String left,
            String top,
            String width,
            String height) {
        return DETECTIONS
                .formatted(
                        time(frame.getCaptureTimeUs()),
                        frame.getCameraId(),
                        frame.getSequence(),
                        track,
                        label,
                        score,
                        left,
                        top,
                        width,
                        height)
                .stripTrailing();
    }

    private static String deadLetter(DeadLetter letter) {
        return DEAD_LETTERS.formatted(
                time(letter.getCaptureTimeUs()),
                orDash(letter.getCameraId()),
                orDash(letter.getSequence()),
                letter.getStage(),
                letter.getCode(),
                letter.getPayloadSize(),
                letter.getSourceTopic()
                        + "-"
                        + letter.getSourcePartition()
                        + "@"
                        + letter.getSourceOffset(),
                letter.getMessage());
    }

    private static String event(TrackEvent event) {
        String row =
                EVENTS.formatted(
                        time(event.getCaptureTimeUs()),
                        event.getCameraId(),
                        event.getSequence(),
                        event.getTrackId(),
                        event.getType(),
                        event.getLabel(),
                        score(event.getScore()),
                        event.getDetections(),
                        analytics(event.getAnalytics()));
        return row.stripTrailing();
    }

    private static String acknowledgement(ControlAcknowledgement acknowledgement) {
        return EVENTS.formatted(
                time(acknowledgement.getAcknowledgedAtUs()),
                orDash(acknowledgement.getCameraId()),
                "",
                "",
                "CONTROL_" + acknowledgement.getOutcome(),
                orDash(acknowledgement.getControlId()),
                "",
                "",
                acknowledgement.getMessage());
    }

    private static String analytics(@Nullable AnalyticsDetails details) {
        return details == null ? "" : details.getLabel() + " " + details.getTotal();
    }

    private static String time(@Nullable Long micros) {
        return micros == null ? "-" : TIME.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    private static String orDash(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    private static String score(float score) {
        return String.format("%.2f", score);
    }

    private static String pixels(float value) {
        return String.format("%.1f", value);
    }
}
