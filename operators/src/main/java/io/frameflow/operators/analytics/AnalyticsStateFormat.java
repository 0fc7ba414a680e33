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
package io.frameflow.operators.analytics;

import io.frameflow.operators.tracking.binary.BinaryReader;
import io.frameflow.operators.tracking.binary.BinaryWriter;
import io.frameflow.operators.tracking.binary.MalformedStateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The bytes in which an {@link AnalyticsState} lies in checkpoints and savepoints: a version, then
 * the fields. About 30 bytes an object. A later program reads every earlier version; bytes of each
 * are kept with the tests.
 *
 * <p>Totals are written with the labels of their rules. When the rules have changed, those whose
 * label is still there go on, new ones begin at 0, and what belongs to no rule is left out.
 *
 * <p>Layout of version 1, whole numbers in groups of 7 bits, signed ones with the sign in the
 * lowest bit: width, height, clock, capture time (8 bytes); the number of zones, and of each its
 * label, entries, exits and dwell time; the number of overcrowding zones, and of each its label,
 * since when (8 bytes), whether and how often it was overcrowded; the number of lines, and of each
 * its label and crossings; the same of directions; the number of objects, and of each its track,
 * point and anchor (signed), time since it was seen, direction + 1, the number of regions that it
 * is in, and of each its place and the time since it was entered. Not thread-safe.
 */
public final class AnalyticsStateFormat {
    /** The version that is written. */
    public static final int VERSION = 1;

    private static final int MOST_ENTRIES = 1_000_000;
    private static final int GONE = -1;

    private final BinaryWriter writer = new BinaryWriter();
    private final BinaryReader reader = new BinaryReader();

    /**
     * Writes a state.
     *
     * @param rules the rules that it belongs to
     */
    public byte[] write(AnalyticsState state, CameraRules rules) {
        writer.clear();
        writer.writeByte(VERSION);
        writer.writeVarLong(state.width);
        writer.writeVarLong(state.height);
        writer.writeVarLong(state.clockMicros);
        writer.writeLong(state.captureTimeMicros);
        writeTotals(state, rules);
        writer.writeVarLong(state.objects.size());
        state.objects.values().forEach(object -> write(object, state.clockMicros));
        return writer.toByteArray();
    }

    private void writeTotals(AnalyticsState state, CameraRules rules) {
        writer.writeVarLong(rules.zones().size());
        for (int i = 0; i < rules.zones().size(); i++) {
            writer.writeString(rules.zones().get(i).label());
            writer.writeVarLong(state.entries[i]);
            writer.writeVarLong(state.exits[i]);
            writer.writeVarLong(state.dwellMicros[i]);
        }
        writer.writeVarLong(rules.overcrowding().size());
        for (int i = 0; i < rules.overcrowding().size(); i++) {
            writer.writeString(rules.overcrowding().get(i).label());
            writer.writeLong(state.crowdedSince[i]);
            writer.writeByte(state.isOvercrowded[i] ? 1 : 0);
            writer.writeVarLong(state.overcrowdings[i]);
        }
        writer.writeVarLong(rules.lines().size());
        for (int i = 0; i < rules.lines().size(); i++) {
            writer.writeString(rules.lines().get(i).label());
            writer.writeVarLong(state.crossings[i]);
        }
        writer.writeVarLong(rules.directions().size());
        for (int i = 0; i < rules.directions().size(); i++) {
            writer.writeString(rules.directions().get(i).label());
            writer.writeVarLong(state.directionChanges[i]);
        }
    }

    private void write(TrackedObject object, long clock) {
        writer.writeVarLong(object.trackId);
        writeSigned(object.x);
        writeSigned(object.y);
        writeSigned(object.anchorX);
        writeSigned(object.anchorY);
        writer.writeVarLong(clock - object.seenMicros);
        writer.writeVarLong(object.direction + 1);
        int inside = 0;
        for (int region = 0; region < object.enteredMicros.length; region++) {
            inside += object.isInside(region) ? 1 : 0;
        }
        writer.writeVarLong(inside);
        for (int region = 0; region < object.enteredMicros.length; region++) {
            if (object.isInside(region)) {
                writer.writeVarLong(region);
                writer.writeVarLong(clock - object.enteredMicros[region]);
            }
        }
    }

    /**
     * Reads a state.
     *
     * @param rules the rules that it belongs to from now on
     * @throws MalformedStateException if the bytes are no state, or of a later version
     */
    public AnalyticsState read(byte[] bytes, CameraRules rules) {
        reader.reset(bytes);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new MalformedStateException(
                    "the analytics of a camera have version "
                            + version
                            + ", this program reads up to "
                            + VERSION
                            + ": restore them with the program that wrote them or a later one");
        }
        AnalyticsState state = new AnalyticsState(rules);
        state.width = reader.readVarInt(Integer.MAX_VALUE);
        state.height = reader.readVarInt(Integer.MAX_VALUE);
        state.clockMicros = reader.readVarLong();
        state.captureTimeMicros = reader.readLong();
        List<Integer> regions = readRegions(state, rules);
        readTotals(labels(rules.lines(), LineRule::label), state.crossings);
        List<Integer> directions =
                readTotals(
                        labels(rules.directions(), DirectionRule::label), state.directionChanges);
        int objects = reader.readVarInt(MOST_ENTRIES);
        for (int i = 0; i < objects; i++) {
            TrackedObject object = readObject(state, regions, directions);
            state.objects.put(object.trackId, object);
        }
        if (reader.remaining() > 0) {
            throw new MalformedStateException(
                    reader.remaining() + " bytes follow the analytics of a camera");
        }
        return state;
    }

    /** Reads the totals of zones; returns for each region that was written its place now. */
    private List<Integer> readRegions(AnalyticsState state, CameraRules rules) {
        List<Integer> places = new ArrayList<>();
        Map<String, Integer> zones = labels(rules.zones(), ZoneRule::label);
        int zoneCount = reader.readVarInt(MOST_ENTRIES);
        for (int i = 0; i < zoneCount; i++) {
            int zone = zones.getOrDefault(reader.readString(), GONE);
            long entries = reader.readVarLong();
            long exits = reader.readVarLong();
            long dwell = reader.readVarLong();
            if (zone != GONE) {
                state.entries[zone] = entries;
                state.exits[zone] = exits;
                state.dwellMicros[zone] = dwell;
            }
            places.add(zone);
        }
        Map<String, Integer> crowds = labels(rules.overcrowding(), OvercrowdingRule::label);
        int crowdCount = reader.readVarInt(MOST_ENTRIES);
        for (int i = 0; i < crowdCount; i++) {
            int crowd = crowds.getOrDefault(reader.readString(), GONE);
            long since = reader.readLong();
            boolean isOvercrowded = reader.readByte() != 0;
            long total = reader.readVarLong();
            if (crowd != GONE) {
                state.crowdedSince[crowd] = since;
                state.isOvercrowded[crowd] = isOvercrowded;
                state.overcrowdings[crowd] = total;
            }
            places.add(crowd == GONE ? GONE : rules.zones().size() + crowd);
        }
        return places;
    }

    /** Reads totals; returns for each that was written its place now. */
    private List<Integer> readTotals(Map<String, Integer> placeOf, long[] totals) {
        List<Integer> places = new ArrayList<>();
        int count = reader.readVarInt(MOST_ENTRIES);
        for (int i = 0; i < count; i++) {
            int place = placeOf.getOrDefault(reader.readString(), GONE);
            long total = reader.readVarLong();
            if (place != GONE) {
                totals[place] = total;
            }
            places.add(place);
        }
        return places;
    }

    private TrackedObject readObject(
            AnalyticsState state, List<Integer> regions, List<Integer> directions) {
        TrackedObject object = new TrackedObject(reader.readVarLong(), state.regions());
        object.x = readSigned();
        object.y = readSigned();
        object.anchorX = readSigned();
        object.anchorY = readSigned();
        object.seenMicros = state.clockMicros - reader.readVarLong();
        int direction = reader.readVarInt(directions.size()) - 1;
        object.direction = direction < 0 ? TrackedObject.NONE : directions.get(direction);
        int inside = reader.readVarInt(regions.size());
        for (int i = 0; i < inside; i++) {
            int region = regions.get(reader.readVarInt(regions.size() - 1));
            long entered = state.clockMicros - reader.readVarLong();
            if (region != GONE) {
                object.enteredMicros[region] = entered;
            }
        }
        return object;
    }

    private static <T> Map<String, Integer> labels(List<T> rules, Function<T, String> label) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            places.put(label.apply(rules.get(i)), i);
        }
        return places;
    }

    private void writeSigned(long value) {
        writer.writeVarLong((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    private long readSigned() {
        long value = reader.readVarLong();
        return (value >>> 1) ^ -(value & 1);
    }
}
