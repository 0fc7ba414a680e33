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
package io.frameflow.cli.view.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.frameflow.cli.output.AvroJson;
import io.frameflow.cli.view.board.CameraDetails;
import io.frameflow.cli.view.board.Overview;
import io.frameflow.cli.view.board.Pictures;
import io.frameflow.cli.view.board.ShownFrame;
import io.frameflow.schema.BoundingBox;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Track;
import io.frameflow.schema.TrackEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** The messages to the page, one line of JSON each. Records have the names of their schemas. */
final class LiveJson {
    private static final JsonFactory JSON = new JsonFactory();

    private LiveJson() {}

    /** Writes the fields of an object. */
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    static String overview(Overview overview) {
        return object(
                json -> {
                    json.writeArrayFieldStart("cameras");
                    for (Overview.Camera camera : overview.cameras()) {
                        json.writeStartObject();
                        json.writeStringField("id", camera.id());
                        json.writeNumberField("rate", rounded(camera.rate()));
                        json.writeNumberField("objects", camera.objects());
                        json.writeNumberField("silent_ms", camera.silentMillis());
                        json.writeNumberField("picture", camera.pictureId());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeNumberField("forgotten", overview.forgotten());
                    json.writeNumberField("unreadable", overview.unreadable());
                    json.writeStringField("problem", overview.problem());
                    json.writeNumberField("dead_letters", overview.deadLetters());
                    json.writeArrayFieldStart("latest_dead_letters");
                    for (DeadLetter letter : overview.latestDeadLetters()) {
                        AvroJson.write(json, letter);
                    }
                    json.writeEndArray();
                });
    }

    /** Figures of a camera, and what the client itself lost by reading slowly. */
    static String camera(CameraDetails camera, long dropped) {
        return object(
                json -> {
                    json.writeStringField("id", camera.id());
                    json.writeNumberField("rate", rounded(camera.rate()));
                    json.writeNumberField("latency_median_ms", camera.latencyMedianMillis());
                    json.writeNumberField("latency_p99_ms", camera.latencyMostMillis());
                    json.writeNumberField("dropped", dropped);
                    json.writeObjectFieldStart("stages_us");
                    camera.stageMicros()
                            .forEach((stage, micros) -> number(json, stage, rounded(micros)));
                    json.writeEndObject();
                    history(json, camera);
                    json.writeArrayFieldStart("events");
                    for (TrackEvent event : camera.events()) {
                        AvroJson.write(json, event);
                    }
                    json.writeEndArray();
                    latest(json, camera.latest());
                });
    }

    static String shown(ShownFrame frame) {
        return object(
                json -> {
                    json.writeStringField("camera", frame.cameraId());
                    json.writeNumberField("sequence", frame.sequence());
                    json.writeNumberField("capture_time_us", frame.captureTimeMicros());
                    json.writeNumberField("width", frame.width());
                    json.writeNumberField("height", frame.height());
                    Pictures pictures = frame.pictures();
                    json.writeNumberField("picture", pictures == null ? 0 : pictures.id());
                    json.writeBooleanField("source", pictures != null && pictures.source() != null);
                    json.writeBooleanField(
                            "examined", pictures != null && pictures.examined() != null);
                    json.writeFieldName("result");
                    FrameDetections result = frame.result();
                    if (result == null) {
                        json.writeNull();
                    } else {
                        AvroJson.write(json, result);
                    }
                });
    }

    /** Where the tracks of a frame are: the middle of each box. */
    static String tracks(FrameDetections frame) {
        return object(
                json -> {
                    json.writeNumberField("sequence", frame.getSequence());
                    json.writeNumberField("capture_time_us", frame.getCaptureTimeUs());
                    json.writeArrayFieldStart("tracks");
                    for (DetectedObject object : frame.getObjects()) {
                        Track track = object.getTrack();
                        if (track != null) {
                            BoundingBox box = object.getBox();
                            json.writeStartArray();
                            json.writeNumber(track.getTrackId());
                            json.writeNumber(box.getLeft() + box.getWidth() / 2);
                            json.writeNumber(box.getTop() + box.getHeight() / 2);
                            json.writeEndArray();
                        }
                    }
                    json.writeEndArray();
                });
    }

    static String record(IndexedRecord value) {
        return object(
                json -> {
                    json.writeFieldName("record");
                    AvroJson.write(json, value);
                });
    }

    /** An object with one text. */
    static String text(String name, String value) {
        return object(json -> json.writeStringField(name, value));
    }

    private static void history(JsonGenerator json, CameraDetails camera) throws IOException {
        json.writeObjectFieldStart("history");
        json.writeNumberField("last_second", camera.lastSecond());
        json.writeArrayFieldStart("labels");
        for (String label : camera.labels()) {
            json.writeString(label);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("counts");
        for (List<Float> second : camera.counts()) {
            json.writeStartArray();
            for (Float count : second) {
                json.writeNumber(rounded(count));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void latest(JsonGenerator json, @Nullable FrameDetections latest)
            throws IOException {
        if (latest == null) {
            return;
        }
        json.writeNumberField("width", latest.getWidth());
        json.writeNumberField("height", latest.getHeight());
        json.writeNumberField("denoised_frames", latest.getDenoisedFrames());
        json.writeFieldName("model");
        AvroJson.write(json, latest.getModel());
        if (latest.getSettings() != null) {
            json.writeFieldName("settings");
            AvroJson.write(json, latest.getSettings());
        }
    }

    private static void number(JsonGenerator json, String name, double value) {
        try {
            json.writeNumberField(name, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double rounded(double value) {
        return Math.round(100 * value) / 100.0;
    }

    private static String object(Fields fields) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
