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
package io.frameflow.operators.tracking.tracker;

import io.frameflow.operators.tracking.binary.BinaryReader;
import io.frameflow.operators.tracking.binary.BinaryWriter;
import io.frameflow.operators.tracking.binary.MalformedStateException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes and reads a {@link TrackSet}, exactly: a restored set goes on as the original would. About
 * 210 bytes a track. Labels are written once each.
 *
 * <p>Layout, whole numbers in groups of 7 bits: next id, frame, 1 if no frame was examined yet, the
 * number of labels and the labels, the number of tracks and the tracks. A track is its id, class,
 * index of its label, phase, whether it was ever confirmed, age of its first and of its latest
 * frame in frames, first capture time (8 bytes), detections, score and box (floats), and the state
 * of its filter (doubles). Not thread-safe.
 */
public final class TrackSetFormat {
    private static final int MOST_ENTRIES = 1_000_000;

    /** A phase is written as its place in this list. */
    private static final List<TrackPhase> PHASES =
            List.of(TrackPhase.TENTATIVE, TrackPhase.CONFIRMED, TrackPhase.LOST);

    private final List<String> labels = new ArrayList<>();

    /** Appends a set. */
    public void write(TrackSet tracks, BinaryWriter to) {
        to.writeVarLong(tracks.nextId());
        to.writeVarLong(tracks.frame());
        to.writeByte(tracks.isFirst() ? 1 : 0);
        collectLabels(tracks);
        to.writeVarLong(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            to.writeString(labels.get(i));
        }
        to.writeVarLong(tracks.count());
        for (int i = 0; i < tracks.count(); i++) {
            write(tracks.track(i), tracks.frame(), to);
        }
    }

    /**
     * Reads a set.
     *
     * @param into overwritten
     * @throws MalformedStateException if the bytes are no set
     */
    public void read(BinaryReader from, TrackSet into) {
        into.clear();
        into.restore(from.readVarLong(), from.readVarLong(), from.readByte() != 0);
        labels.clear();
        int labelCount = from.readVarInt(MOST_ENTRIES);
        for (int i = 0; i < labelCount; i++) {
            labels.add(from.readString());
        }
        int trackCount = from.readVarInt(MOST_ENTRIES);
        for (int i = 0; i < trackCount; i++) {
            read(from, into.frame(), into.open());
        }
    }

    private void write(Track track, long frame, BinaryWriter to) {
        to.writeVarLong(track.id);
        to.writeVarLong(track.classId);
        to.writeVarLong(labels.indexOf(track.label));
        to.writeByte(PHASES.indexOf(track.phase));
        to.writeByte(track.wasConfirmed ? 1 : 0);
        to.writeVarLong(frame - track.firstFrame);
        to.writeVarLong(frame - track.latestFrame);
        to.writeLong(track.firstCaptureTimeMicros);
        to.writeVarLong(track.detections);
        to.writeFloat(track.score);
        to.writeFloat(track.left);
        to.writeFloat(track.top);
        to.writeFloat(track.width);
        to.writeFloat(track.height);
        for (double value : track.motion) {
            to.writeDouble(value);
        }
    }

    private void read(BinaryReader from, long frame, Track track) {
        track.id = from.readVarLong();
        track.classId = from.readVarInt(Integer.MAX_VALUE);
        track.label = labels.get(from.readVarInt(labels.size() - 1));
        track.phase = PHASES.get(from.readVarInt(PHASES.size() - 1));
        track.wasConfirmed = from.readByte() != 0;
        track.firstFrame = frame - from.readVarLong();
        track.latestFrame = frame - from.readVarLong();
        track.firstCaptureTimeMicros = from.readLong();
        track.detections = from.readVarInt(Integer.MAX_VALUE);
        track.score = from.readFloat();
        track.left = from.readFloat();
        track.top = from.readFloat();
        track.width = from.readFloat();
        track.height = from.readFloat();
        for (int i = 0; i < track.motion.length; i++) {
            track.motion[i] = from.readDouble();
        }
    }

    private void collectLabels(TrackSet tracks) {
        labels.clear();
        for (int i = 0; i < tracks.count(); i++) {
            String label = tracks.track(i).label;
            if (!labels.contains(label)) {
                labels.add(label);
            }
        }
    }
}
