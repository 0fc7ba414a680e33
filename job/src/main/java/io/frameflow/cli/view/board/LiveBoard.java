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

import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Preview;
import io.frameflow.schema.TrackEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Everything that the live window knows. One thread brings records; any thread asks. Thread-safe.
 */
public final class LiveBoard {
    /** Beyond these the camera leaves of which nothing came for longest. */
    static final int MAX_CAMERAS = 256;

    private static final int DEAD_LETTERS = 20;
    private static final long PICTURE_BYTES = 96L << 20;

    private final LiveListener listener;
    private final LongSupplier clock;
    private final PictureStore pictures = new PictureStore(PICTURE_BYTES);
    private final Map<String, CameraBoard> cameras = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<DeadLetter> latestDeadLetters = new ArrayDeque<>();
    private long deadLetters;
    private long unreadable;
    private long forgotten;
    private long lastPicture;
    private String problem = "";

    /** A board that goes by the clock of the machine. */
    public LiveBoard(LiveListener listener) {
        this(listener, System::currentTimeMillis);
    }

    LiveBoard(LiveListener listener, LongSupplier clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /** Pictures by number. */
    public PictureStore pictures() {
        return pictures;
    }

    /**
     * A result.
     *
     * @param bytes size of its message
     * @param writtenMillis when it was written, since 1970-01-01T00:00:00Z
     */
    public void add(FrameDetections frame, int bytes, long writtenMillis) {
        // Nobody looks at tensors, and they may be large.
        frame.setTensors(List.of());
        Optional<ShownFrame> shown;
        synchronized (this) {
            shown = camera(frame.getCameraId()).add(frame, bytes, writtenMillis, clock.getAsLong());
        }
        listener.examined(frame);
        shown.ifPresent(listener::shown);
    }

    /** Pictures. */
    public void add(Preview preview) {
        Optional<ShownFrame> shown;
        synchronized (this) {
            Pictures added =
                    new Pictures(++lastPicture, preview.getSource(), preview.getExamined());
            pictures.add(added);
            shown = camera(preview.getCameraId()).add(preview, added, clock.getAsLong());
        }
        shown.ifPresent(listener::shown);
    }

    /** An event of a track, or of analytics. */
    public synchronized void add(TrackEvent event) {
        camera(event.getCameraId()).add(event);
    }

    /** What became of a control message. */
    public void add(ControlAcknowledgement acknowledgement) {
        listener.acknowledged(acknowledgement);
    }

    /** A dead letter, whose payload is not kept. */
    public synchronized void add(DeadLetter letter) {
        letter.setPayload(null);
        letter.setSourceKey(null);
        deadLetters++;
        latestDeadLetters.addFirst(letter);
        if (latestDeadLetters.size() > DEAD_LETTERS) {
            latestDeadLetters.removeLast();
        }
    }

    /** A record that no schema of this version fits. */
    public synchronized void addUnreadable() {
        unreadable++;
    }

    /** Says what keeps records from coming; an empty text where nothing does any more. */
    public synchronized void setProblem(String text) {
        problem = text;
    }

    /** To be called now and then: shows the pictures whose results do not come. */
    public void tick() {
        List<ShownFrame> overdue = new ArrayList<>();
        synchronized (this) {
            long now = clock.getAsLong();
            for (CameraBoard camera : cameras.values()) {
                overdue.addAll(camera.overdue(now));
            }
        }
        overdue.forEach(listener::shown);
    }

    /** All cameras at a glance. */
    public synchronized Overview overview() {
        long now = clock.getAsLong();
        return new Overview(
                cameras.values().stream()
                        .map(camera -> camera.overview(now))
                        .sorted(Comparator.comparing(Overview.Camera::id))
                        .toList(),
                deadLetters,
                List.copyOf(latestDeadLetters),
                unreadable,
                forgotten,
                problem);
    }

    /** What is known of a camera; empty where there is no such. */
    public synchronized Optional<CameraDetails> details(String cameraId) {
        // A look at a camera is not news of it: it must not change which one leaves next.
        for (Map.Entry<String, CameraBoard> camera : cameras.entrySet()) {
            if (camera.getKey().equals(cameraId)) {
                return Optional.of(camera.getValue().details(clock.getAsLong()));
            }
        }
        return Optional.empty();
    }

    private CameraBoard camera(String id) {
        CameraBoard known = cameras.get(id);
        if (known != null) {
            return known;
        }
        if (cameras.size() == MAX_CAMERAS) {
            String eldest = cameras.keySet().iterator().next();
            cameras.remove(eldest);
            forgotten++;
        }
        CameraBoard added = new CameraBoard(id);
        cameras.put(id, added);
        return added;
    }
}
