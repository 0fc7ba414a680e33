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
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the frames of a camera, to tell the next one from a duplicate, a late one
 * and the first one after a restart. Of bounded size. Not thread-safe.
 *
 * <p>The rules:
 *
 * <ul>
 *   <li>In the current session a sequence above the newest is the next frame. One that was seen
 *       among the latest {@value #WINDOW} sequences is a duplicate, any other is late.
 *   <li>A session that was not there before is a restart. Frames of an earlier one are late; the
 *       latest {@value #EARLIER_SESSIONS} earlier ones are remembered.
 *   <li>Without a session, a sequence that went back while the capture time went on is a restart.
 *   <li>No camera is refused for ever because its clock or its counter jumped: {@value
 *       #RESTART_RUN} refused frames in a row whose sequence rises and whose capture time does not
 *       fall are a restart. Duplicates in a session, and frames of an earlier session, do not
 *       count: there the publisher has said that they are old.
 * </ul>
 *
 * <p>It also knows whether the camera leaves out the same number of frames each time.
 */
final class FrameHistory {
    /** Sequences back from the newest one of which it is known whether they were seen. */
    static final int WINDOW = 256;

    /** Earlier sessions that are remembered. */
    static final int EARLIER_SESSIONS = 8;

    /** Refused frames in a row, rising, that are taken for a restart. */
    static final int RESTART_RUN = 32;

    /** Frames in a row at the same distance that make it the usual one. */
    static final int REGULAR_RUN = 8;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private boolean begun;
    private @Nullable String session;
    private long sequence;
    private long captureTimeMicros;

    /** Distance of the newest sequence from the one before; 0 for the first of a session. */
    private long step;

    /** Frames in a row that had it, up to {@link #REGULAR_RUN}. */
    private int stepRun;

    /**
     * Bit i, lowest bit of the first word first: whether the sequence i below the newest was seen.
     */
    private final long[] seen = new long[WINDOW / Long.SIZE];

    /** Hashes of the sessions before the current one, oldest first. */
    private final long[] earlier = new long[EARLIER_SESSIONS];

    private int earlierCount;

    private int refusedRun;
    private boolean refusedHasSession;
    private long refusedSequence;
    private long refusedCaptureTimeMicros;

    /** Whether any frame was there. */
    boolean hasBegun() {
        return begun;
    }

    /** Session of the newest frame. */
    @Nullable String session() {
        return session;
    }

    /** Sequence of the newest frame. */
    long sequence() {
        return sequence;
    }

    /** Capture time of the newest frame. */
    long captureTimeMicros() {
        return captureTimeMicros;
    }

    /** Whether the latest frames all had this distance from the one before. */
    boolean isRegularStep(long distance) {
        return stepRun == REGULAR_RUN && distance == step;
    }

    /** Whether a frame would be judged the first one after a restart; nothing is remembered. */
    boolean wouldRestart(@Nullable String frameSession, long frameSequence, long frameTimeMicros) {
        if (!begun) {
            return false;
        }
        if (!Objects.equals(frameSession, session)) {
            return frameSession == null
                    ? completesRun(false, frameSequence, frameTimeMicros)
                    : !isEarlier(frameSession);
        }
        if (frameSequence > sequence) {
            return false;
        }
        if (session == null) {
            return frameTimeMicros > captureTimeMicros
                    || completesRun(false, frameSequence, frameTimeMicros);
        }
        return !wasSeen(Times.difference(sequence, frameSequence))
                && completesRun(true, frameSequence, frameTimeMicros);
    }

    /** Judges a frame and remembers it. */
    FrameOrder judge(@Nullable String frameSession, long frameSequence, long frameTimeMicros) {
        if (!begun) {
            begin(frameSession, frameSequence, frameTimeMicros);
            return FrameOrder.NEXT;
        }
        if (Objects.equals(frameSession, session)) {
            return judgeInSession(frameSequence, frameTimeMicros);
        }
        if (frameSession == null) {
            // It may be a straggler of a publisher that has since learnt to name its sessions.
            return refuse(false, frameSequence, frameTimeMicros, FrameOrder.LATE);
        }
        if (isEarlier(frameSession)) {
            return FrameOrder.LATE;
        }
        begin(frameSession, frameSequence, frameTimeMicros);
        return FrameOrder.RESTART;
    }

    private FrameOrder judgeInSession(long frameSequence, long frameTimeMicros) {
        if (frameSequence > sequence) {
            long distance = Times.difference(frameSequence, sequence);
            shiftSeen(distance);
            stepRun = distance == step ? Math.min(stepRun + 1, REGULAR_RUN) : 1;
            step = distance;
            accept(frameSequence, frameTimeMicros);
            return FrameOrder.NEXT;
        }
        if (session == null && frameTimeMicros > captureTimeMicros) {
            begin(null, frameSequence, frameTimeMicros);
            return FrameOrder.RESTART;
        }
        boolean wasSeen = markSeen(Times.difference(sequence, frameSequence));
        if (wasSeen && session != null) {
            return FrameOrder.DUPLICATE;
        }
        return refuse(
                session != null,
                frameSequence,
                frameTimeMicros,
                wasSeen ? FrameOrder.DUPLICATE : FrameOrder.LATE);
    }

    /** Refuses a frame of the current session or of none, unless it completes a run. */
    private FrameOrder refuse(
            boolean hasSession, long frameSequence, long frameTimeMicros, FrameOrder why) {
        refusedRun = rises(hasSession, frameSequence, frameTimeMicros) ? refusedRun + 1 : 1;
        refusedHasSession = hasSession;
        refusedSequence = frameSequence;
        refusedCaptureTimeMicros = frameTimeMicros;
        if (refusedRun < RESTART_RUN) {
            return why;
        }
        begin(hasSession ? session : null, frameSequence, frameTimeMicros);
        return FrameOrder.RESTART;
    }

    private boolean rises(boolean hasSession, long frameSequence, long frameTimeMicros) {
        return refusedRun > 0
                && refusedHasSession == hasSession
                && frameSequence > refusedSequence
                && frameTimeMicros >= refusedCaptureTimeMicros;
    }

    private boolean completesRun(boolean hasSession, long frameSequence, long frameTimeMicros) {
        return refusedRun + 1 >= RESTART_RUN && rises(hasSession, frameSequence, frameTimeMicros);
    }

    private void begin(@Nullable String newSession, long frameSequence, long frameTimeMicros) {
        if (session != null && !session.equals(newSession)) {
            rememberEarlier(session);
        }
        begun = true;
        session = newSession;
        step = 0;
        stepRun = 0;
        Arrays.fill(seen, 0);
        accept(frameSequence, frameTimeMicros);
    }

    private void accept(long frameSequence, long frameTimeMicros) {
        sequence = frameSequence;
        captureTimeMicros = frameTimeMicros;
        refusedRun = 0;
        refusedHasSession = false;
        refusedSequence = 0;
        refusedCaptureTimeMicros = 0;
        markSeen(0);
    }

    private void rememberEarlier(String over) {
        if (earlierCount == EARLIER_SESSIONS) {
            System.arraycopy(earlier, 1, earlier, 0, EARLIER_SESSIONS - 1);
            earlierCount--;
        }
        earlier[earlierCount++] = hash(over);
    }

    private boolean isEarlier(String candidate) {
        long hash = hash(candidate);
        for (int i = 0; i < earlierCount; i++) {
            if (earlier[i] == hash) {
                return true;
            }
        }
        return false;
    }

    /** Fowler, Noll and Vo's hash 1a, 64 bits, of the characters. */
    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /** Marks the sequence so far below the newest; returns whether it was marked before. */
    private boolean markSeen(long below) {
        boolean wasSeen = wasSeen(below);
        if (below < WINDOW) {
            seen[(int) (below / Long.SIZE)] |= 1L << (below % Long.SIZE);
        }
        return wasSeen;
    }

    private boolean wasSeen(long below) {
        return below < WINDOW && (seen[(int) (below / Long.SIZE)] & 1L << (below % Long.SIZE)) != 0;
    }

    private void shiftSeen(long by) {
        int words = (int) Math.min(by / Long.SIZE, seen.length);
        int bits = (int) (by % Long.SIZE);
        for (int i = seen.length - 1; i >= 0; i--) {
            long high = i >= words ? seen[i - words] << bits : 0;
            long low = bits > 0 && i > words ? seen[i - words - 1] >>> (Long.SIZE - bits) : 0;
            seen[i] = high | low;
        }
    }

    void write(BinaryWriter to) {
        to.writeByte(begun ? 1 : 0);
        to.writeByte(session == null ? 0 : 1);
        if (session != null) {
            to.writeString(session);
        }
        to.writeLong(sequence);
        to.writeLong(captureTimeMicros);
        to.writeLong(step);
        to.writeByte(stepRun);
        for (long word : seen) {
            to.writeLong(word);
        }
        to.writeByte(earlierCount);
        for (int i = 0; i < earlierCount; i++) {
            to.writeLong(earlier[i]);
        }
        to.writeByte(refusedRun);
        to.writeByte(refusedHasSession ? 1 : 0);
        to.writeLong(refusedSequence);
        to.writeLong(refusedCaptureTimeMicros);
    }

    /**
     * Reads a history.
     *
     * @param from where it was written
     * @param hasStep whether the usual step was written as well, which the first version did not
     */
    void read(BinaryReader from, boolean hasStep) {
        begun = from.readByte() != 0;
        session = from.readByte() == 0 ? null : from.readString();
        sequence = from.readLong();
        captureTimeMicros = from.readLong();
        step = hasStep ? from.readLong() : 0;
        stepRun = hasStep ? from.readVarInt(REGULAR_RUN) : 0;
        for (int i = 0; i < seen.length; i++) {
            seen[i] = from.readLong();
        }
        earlierCount = from.readVarInt(EARLIER_SESSIONS);
        for (int i = 0; i < earlierCount; i++) {
            earlier[i] = from.readLong();
        }
        refusedRun = from.readByte();
        refusedHasSession = from.readByte() != 0;
        refusedSequence = from.readLong();
        refusedCaptureTimeMicros = from.readLong();
    }

    /** Forgets everything. */
    void clear() {
        begun = false;
        session = null;
        sequence = 0;
        captureTimeMicros = 0;
        step = 0;
        stepRun = 0;
        Arrays.fill(seen, 0);
        earlierCount = 0;
        refusedRun = 0;
        refusedHasSession = false;
        refusedSequence = 0;
        refusedCaptureTimeMicros = 0;
    }
}
