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

import io.frameflow.operators.tracking.binary.BinaryReader;
import io.frameflow.operators.tracking.binary.BinaryWriter;
import io.frameflow.operators.tracking.binary.MalformedStateException;
import io.frameflow.operators.tracking.tracker.TrackSetFormat;

/**
 * The bytes in which the state of a camera lies in checkpoints and savepoints: a version, then the
 * fields. A later program reads every earlier version; bytes of each version are kept with the
 * tests. Not thread-safe.
 */
final class CameraStateFormat {
    /** The version that is written. */
    static final int VERSION = 3;

    /** The first version; it has no held frames, no usual step of sequences and no analytics. */
    private static final int VERSION_1 = 1;

    /** Up to this version, tracks are in the first version of their own format. */
    private static final int VERSION_2 = 2;

    private static final byte[] NO_ANALYTICS = {};

    private final BinaryWriter writer = new BinaryWriter();
    private final BinaryReader reader = new BinaryReader();
    private final TrackSetFormat tracks = new TrackSetFormat();

    /** Writes a state. */
    byte[] write(CameraState state) {
        writer.clear();
        writer.writeByte(VERSION);
        writer.writeVarLong(state.width);
        writer.writeVarLong(state.height);
        writer.writeLong(state.eventTimeMillis);
        writer.writeLong(state.timerMillis);
        writer.writeLong(state.processedAtMillis);
        writer.writeLong(state.heldTimerMillis);
        state.held.write(writer);
        state.history.write(writer);
        state.clock.write(writer);
        tracks.write(state.tracks, writer);
        writer.writeBytes(state.analytics);
        return writer.toByteArray();
    }

    /**
     * Reads a state.
     *
     * @param into overwritten
     * @throws MalformedStateException if the bytes are no state, or of a later version
     */
    void read(byte[] bytes, CameraState into) {
        reader.reset(bytes);
        int version = reader.readByte();
        if (version < VERSION_1 || version > VERSION) {
            throw new MalformedStateException(
                    "the state of a camera has version "
                            + version
                            + ", this program reads up to "
                            + VERSION
                            + ": restore it with the program that wrote it or a later one");
        }
        into.width = reader.readVarInt(Integer.MAX_VALUE);
        into.height = reader.readVarInt(Integer.MAX_VALUE);
        into.eventTimeMillis = reader.readLong();
        into.timerMillis = reader.readLong();
        into.processedAtMillis = reader.readLong();
        if (version == VERSION_1) {
            into.heldTimerMillis = CameraState.NO_TIME;
            into.held.clear();
        } else {
            into.heldTimerMillis = reader.readLong();
            into.held.read(reader);
        }
        into.history.read(reader, version != VERSION_1);
        into.clock.read(reader);
        int tracksVersion =
                version <= VERSION_2 ? TrackSetFormat.VERSION_1 : TrackSetFormat.VERSION;
        tracks.read(reader, tracksVersion, into.tracks);
        into.analytics = version == VERSION_1 ? NO_ANALYTICS : reader.readBytes();
        if (reader.remaining() > 0) {
            throw new MalformedStateException(
                    reader.remaining() + " bytes follow the state of a camera");
        }
    }
}
