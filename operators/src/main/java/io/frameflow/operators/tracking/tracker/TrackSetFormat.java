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
import io.frameflow.operators.tracking.motion.BoxModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes and reads a {@link TrackSet}, exactly: a restored set goes on as the original would. About
 * 215 bytes a track, 250 for trackers that measure directions. Labels are written once each.
 *
 * <p>Layout, whole numbers in groups of 7 bits: next id, frame, examined frames, model of boxes,
 * the number of labels and the labels, the number of tracks and the tracks. A track is its id,
 * class, index of its label, phase, whether it was ever confirmed, age of its first and of its
 * latest frame in frames, first capture time (8 bytes), detections, score and box (floats), the
 * state of its filter (doubles) and the age of that, frames seen in a row, the number of places
 * that it was seen in and, if there are any, its direction (floats) and the places: age and centre
 * (floats).
 *
 * <p>Version 1 had a byte that is 1 if no frame was examined yet in place of their number, no
 * model, and nothing behind the state of the filter, which was always that of the latest frame. Not
 * thread-safe.
 */
public final class TrackSetFormat {
    private static final int MOST_ENTRIES = 1_000_000;

    /** No tracker keeps a track for so many frames. */
    private static final int LONGEST_OUT_OF_SIGHT = 10_000_000;

    /** The first version; it has neither the way of a track nor when its filter was right. */
    public static final int VERSION_1 = 1;

    /** The version that is written. */
    public static final int VERSION = 2;

    /** A model is written as its place in this list. */
    private static final List<BoxModel> MODELS =
            List.of(
                    BoxModel.ASPECT_AND_HEIGHT,
                    BoxModel.AREA_AND_ASPECT,
                    BoxModel.WIDTH_AND_HEIGHT);

    /** A phase is written as its place in this list. */
    private static final List<TrackPhase> PHASES =
            List.of(TrackPhase.TENTATIVE, TrackPhase.CONFIRMED, TrackPhase.LOST);

    private final List<String> labels = new ArrayList<>();

    /** Appends a set. */
    public void write(TrackSet tracks, BinaryWriter to) {
        to.writeVarLong(tracks.nextId());
        to.writeVarLong(tracks.frame());
        to.writeVarLong(tracks.examined());
        to.writeByte(MODELS.indexOf(tracks.model()));
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
     * @param version version in which it was written, {@link #VERSION_1} to {@link #VERSION}
     * @param into overwritten
     * @throws MalformedStateException if the bytes are no set
     */
    public void read(BinaryReader from, int version, TrackSet into) {
        into.clear();
        long nextId = from.readVarLong();
        long frame = from.readVarLong();
        if (version == VERSION_1) {
            boolean isFirst = from.readByte() != 0;
            into.restore(
                    nextId,
                    frame,
                    isFirst ? 0 : TrackSet.MOST_EXAMINED,
                    BoxModel.ASPECT_AND_HEIGHT);
        } else {
            into.restore(
                    nextId,
                    frame,
                    from.readVarInt(TrackSet.MOST_EXAMINED),
                    MODELS.get(from.readVarInt(MODELS.size() - 1)));
        }
        labels.clear();
        int labelCount = from.readVarInt(MOST_ENTRIES);
        for (int i = 0; i < labelCount; i++) {
            labels.add(from.readString());
        }
        int trackCount = from.readVarInt(MOST_ENTRIES);
        for (int i = 0; i < trackCount; i++) {
            Track track = into.open();
            read(from, into.frame(), track);
            if (version == VERSION_1) {
                track.motionFrame = into.frame();
                track.streak = 0;
                track.path.clear();
            } else {
                readWay(from, into.frame(), track);
            }
        }
        into.restored();
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
        writeWay(track, frame, to);
    }

    private static void writeWay(Track track, long frame, BinaryWriter to) {
        to.writeVarLong(frame - track.motionFrame);
        to.writeVarLong(track.streak);
        to.writeByte(track.path.count());
        if (track.path.count() > 0) {
            to.writeFloat(track.path.directionX());
            to.writeFloat(track.path.directionY());
        }
        for (int i = 0; i < track.path.count(); i++) {
            to.writeVarLong(frame - track.path.frame(i));
            to.writeFloat(track.path.x(i));
            to.writeFloat(track.path.y(i));
        }
    }

    private static void readWay(BinaryReader from, long frame, Track track) {
        track.motionFrame = frame - from.readVarInt(LONGEST_OUT_OF_SIGHT);
        track.streak = from.readVarInt(Integer.MAX_VALUE);
        track.path.clear();
        int places = from.readVarInt(Path.LONGEST);
        if (places > 0) {
            track.path.restoreDirection(from.readFloat(), from.readFloat());
        }
        for (int i = 0; i < places; i++) {
            track.path.append(frame - from.readVarLong(), from.readFloat(), from.readFloat());
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
