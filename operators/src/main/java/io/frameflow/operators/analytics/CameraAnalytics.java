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

import static io.frameflow.operators.analytics.AnalyticsEvent.NOT_APPLICABLE;
import static io.frameflow.operators.analytics.AnalyticsEvent.NO_TRACK;

import io.frameflow.operators.analytics.geometry.Grid;
import io.frameflow.operators.analytics.geometry.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tracks of one camera mean by its rules. The reference point of an object is the middle
 * of the lower edge of its box, as in nvdsanalytics.
 *
 * <p>For each frame call {@link #begin}, {@link #observe} for each object with a track, {@link
 * #ended} for each track that ended, before the objects, and {@link #settle}. Where tracks end and
 * no frame follows, call {@link #ended} and {@link #settle}.
 *
 * <p>An object that is not seen at present stays where it was: in its zones, and in what they hold,
 * until its track ends. So a detector that misses an object for a frame makes it neither leave and
 * enter nor a zone less crowded, and at any time a zone holds what entered less what left.
 *
 * <p>It keeps nothing between two calls but what the state says. Not thread-safe.
 */
public final class CameraAnalytics {
    /** A frame of more pixels on a side, or of none, has no size that means anything. */
    private static final int LARGEST_SIDE = Grid.FARTHEST_PIXEL;

    /** An object has moved when it went for this part of its height. */
    private static final double LEAST_MOVEMENT = 0.25;

    private final CameraRules rules;
    private @Nullable Scene scene;

    /** Analytics by the given rules. */
    public CameraAnalytics(CameraRules rules) {
        this.rules = rules;
    }

    /** The rules. */
    public CameraRules rules() {
        return rules;
    }

    /**
     * Begins a frame.
     *
     * @param width width of the frame in pixels; one without a sensible size has that of the frame
     *     before
     * @param height its height
     * @param captureMicros when it was taken, in microseconds since 1970-01-01T00:00:00Z
     */
    public void begin(AnalyticsState state, int width, int height, long captureMicros) {
        state.advance(captureMicros);
        boolean hasSize =
                width > 0 && height > 0 && width <= LARGEST_SIDE && height <= LARGEST_SIDE;
        if (hasSize && (width != state.width || height != state.height)) {
            if (state.width > 0) {
                double horizontal = (double) width / state.width;
                double vertical = (double) height / state.height;
                state.objects.values().forEach(object -> object.rescale(horizontal, vertical));
            }
            state.width = width;
            state.height = height;
        }
    }

    /**
     * Looks at an object of the frame.
     *
     * @param trackId its track
     * @param classId its class
     * @param left left edge of its box, in pixels of the frame, finite
     * @param top upper edge of its box
     * @param width width of its box
     * @param height height of its box
     * @param listener hears what happened
     */
    public void observe(
            AnalyticsState state,
            long trackId,
            int classId,
            double left,
            double top,
            double width,
            double height,
            AnalyticsListener listener) {
        if (state.width == 0) {
            return;
        }
        Scene current = scene(state);
        long x = Grid.of(left + width / 2);
        long y = Grid.of(top + height);
        TrackedObject known = state.objects.get(trackId);
        TrackedObject object = known == null ? new TrackedObject(trackId, state.regions()) : known;
        if (known == null) {
            state.objects.put(trackId, object);
            object.anchorX = x;
            object.anchorY = y;
        } else {
            crossLines(state, current, object, classId, x, y, listener);
            turn(state, current, object, classId, x, y, height, listener);
        }
        object.x = x;
        object.y = y;
        object.seenMicros = state.clockMicros;
        changeRegions(state, current, object, classId, listener);
    }

    /** The track of an object is over: the object leaves its zones. */
    public void ended(AnalyticsState state, long trackId, AnalyticsListener listener) {
        TrackedObject object = state.objects.remove(trackId);
        if (object == null) {
            return;
        }
        for (int zone = 0; zone < rules.zones().size(); zone++) {
            if (object.isInside(zone)) {
                exit(state, object, zone, object.seenMicros, listener);
            }
        }
    }

    /** Tells which zones have become overcrowded, and which no longer are. */
    public void settle(AnalyticsState state, AnalyticsListener listener) {
        List<OvercrowdingRule> crowds = rules.overcrowding();
        for (int i = 0; i < crowds.size(); i++) {
            int crowd = state.crowd(i);
            if (crowd < crowds.get(i).objectThreshold()) {
                endOvercrowding(state, i, crowd, listener);
            } else {
                overcrowd(state, i, crowd, listener);
            }
        }
    }

    private Scene scene(AnalyticsState state) {
        Scene current = scene;
        if (current == null || !current.isFor(state.width, state.height)) {
            current = new Scene(rules, state.width, state.height);
            scene = current;
        }
        return current;
    }

    private void crossLines(
            AnalyticsState state,
            Scene current,
            TrackedObject object,
            int classId,
            long x,
            long y,
            AnalyticsListener listener) {
        for (int i = 0; i < rules.lines().size(); i++) {
            LineRule rule = rules.lines().get(i);
            if (rule.classes().accepts(classId)
                    && current.line(i).crossing(object.x, object.y, x, y) > 0
                    && follows(rule.mode(), current.lineDirection(i), object, x, y)) {
                state.crossings[i]++;
                listener.onEvent(
                        new AnalyticsEvent(
                                AnalyticsEvent.Type.LINE_CROSSED,
                                rule.label(),
                                object.trackId,
                                state.crossings[i],
                                NOT_APPLICABLE,
                                NOT_APPLICABLE));
            }
        }
    }

    /** A movement is measured from the anchor, because a single step of a slow object is noise. */
    private static boolean follows(
            DirectionMode mode, Vector direction, TrackedObject object, long x, long y) {
        if (mode == DirectionMode.LOOSE) {
            return true;
        }
        Vector movement = new Vector(x - object.anchorX, y - object.anchorY);
        return mode.accepts(movement.cosine(direction));
    }

    private void turn(
            AnalyticsState state,
            Scene current,
            TrackedObject object,
            int classId,
            long x,
            long y,
            double height,
            AnalyticsListener listener) {
        Vector movement = new Vector(x - object.anchorX, y - object.anchorY);
        double least = Math.max(1, LEAST_MOVEMENT * height) * Grid.UNITS_PER_PIXEL;
        if (movement.squaredLength() < least * least) {
            return;
        }
        object.anchorX = x;
        object.anchorY = y;
        int direction = nearest(current, classId, movement);
        if (direction != TrackedObject.NONE && direction != object.direction) {
            state.directionChanges[direction]++;
            listener.onEvent(
                    new AnalyticsEvent(
                            AnalyticsEvent.Type.DIRECTION_CHANGED,
                            rules.directions().get(direction).label(),
                            object.trackId,
                            state.directionChanges[direction],
                            NOT_APPLICABLE,
                            NOT_APPLICABLE));
        }
        object.direction = direction;
    }

    private int nearest(Scene current, int classId, Vector movement) {
        int nearest = TrackedObject.NONE;
        double best = 0;
        for (int i = 0; i < rules.directions().size(); i++) {
            DirectionRule rule = rules.directions().get(i);
            double cosine = movement.cosine(current.direction(i));
            if (rule.classes().accepts(classId) && rule.mode().accepts(cosine) && cosine > best) {
                nearest = i;
                best = cosine;
            }
        }
        return nearest;
    }

    private void changeRegions(
            AnalyticsState state,
            Scene current,
            TrackedObject object,
            int classId,
            AnalyticsListener listener) {
        for (int region = 0; region < state.regions(); region++) {
            boolean isInside = isInside(current, region, object, classId);
            if (isInside == object.isInside(region)) {
                continue;
            }
            boolean isZone = region < rules.zones().size();
            if (!isInside && isZone) {
                exit(state, object, region, state.clockMicros, listener);
            }
            object.enteredMicros[region] = isInside ? state.clockMicros : TrackedObject.NONE;
            if (isInside && isZone) {
                enter(state, object, region, listener);
            }
        }
    }

    private boolean isInside(Scene current, int region, TrackedObject object, int classId) {
        int zones = rules.zones().size();
        boolean isInPolygon = current.region(region).contains(object.x, object.y);
        if (region >= zones) {
            return isInPolygon
                    && rules.overcrowding().get(region - zones).classes().accepts(classId);
        }
        ZoneRule rule = rules.zones().get(region);
        return isInPolygon != rule.inverse() && rule.classes().accepts(classId);
    }

    private void enter(
            AnalyticsState state, TrackedObject object, int zone, AnalyticsListener listener) {
        state.entries[zone]++;
        listener.onEvent(
                new AnalyticsEvent(
                        AnalyticsEvent.Type.ZONE_ENTERED,
                        rules.zones().get(zone).label(),
                        object.trackId,
                        state.entries[zone],
                        state.occupancy(zone),
                        NOT_APPLICABLE));
    }

    private void exit(
            AnalyticsState state,
            TrackedObject object,
            int zone,
            long atMicros,
            AnalyticsListener listener) {
        long dwell = Math.max(0, atMicros - object.enteredMicros[zone]);
        object.enteredMicros[zone] = TrackedObject.NONE;
        state.exits[zone]++;
        state.dwellMicros[zone] += dwell;
        listener.onEvent(
                new AnalyticsEvent(
                        AnalyticsEvent.Type.ZONE_EXITED,
                        rules.zones().get(zone).label(),
                        object.trackId,
                        state.exits[zone],
                        state.occupancy(zone),
                        dwell));
    }

    private void overcrowd(AnalyticsState state, int index, int crowd, AnalyticsListener listener) {
        OvercrowdingRule rule = rules.overcrowding().get(index);
        if (state.crowdedSince[index] == AnalyticsState.NO_TIME) {
            state.crowdedSince[index] = state.clockMicros;
        }
        long lasts = state.clockMicros - state.crowdedSince[index];
        if (!state.isOvercrowded[index] && lasts >= rule.timeThresholdMicros()) {
            state.isOvercrowded[index] = true;
            state.overcrowdings[index]++;
            listener.onEvent(
                    new AnalyticsEvent(
                            AnalyticsEvent.Type.OVERCROWDING_BEGAN,
                            rule.label(),
                            NO_TRACK,
                            state.overcrowdings[index],
                            crowd,
                            NOT_APPLICABLE));
        }
    }

    private void endOvercrowding(
            AnalyticsState state, int index, int crowd, AnalyticsListener listener) {
        long since = state.crowdedSince[index];
        state.crowdedSince[index] = AnalyticsState.NO_TIME;
        if (state.isOvercrowded[index]) {
            state.isOvercrowded[index] = false;
            listener.onEvent(
                    new AnalyticsEvent(
                            AnalyticsEvent.Type.OVERCROWDING_ENDED,
                            rules.overcrowding().get(index).label(),
                            NO_TRACK,
                            state.overcrowdings[index],
                            crowd,
                            state.clockMicros - since));
        }
    }
}
