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
package io.frameflow.benchmark.tracking;

import io.frameflow.cli.motchallenge.MotChallengeFormatException;
import io.frameflow.cli.motchallenge.MotChallengeReader;
import io.frameflow.cli.motchallenge.MotChallengeRow;
import io.frameflow.operators.tracking.binary.BinaryReader;
import io.frameflow.operators.tracking.binary.BinaryWriter;
import io.frameflow.operators.tracking.tracker.Observations;
import io.frameflow.operators.tracking.tracker.TrackListener;
import io.frameflow.operators.tracking.tracker.TrackSet;
import io.frameflow.operators.tracking.tracker.TrackSetFormat;
import io.frameflow.operators.tracking.tracker.Tracker;
import io.frameflow.operators.tracking.tracker.TrackerKind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Frames a second of each tracker on one core, over the 600 frames of MOT17-02 with 17.7 detections
 * each, or with two copies of it side by side. The detections lie in the folder that the
 * environment variable FRAMEFLOW_REFERENCE_DATA names.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the setup.
public class TrackerBenchmark {
    private static final int FRAMES = 600;
    private static final float FRAME_WIDTH = 1920;
    private static final TrackListener NOBODY = (change, track) -> {};

    /** Which tracker, with its defaults. */
    @Param({"frameflow", "bytetrack", "ocsort", "sort"})
    public String tracker;

    /** How many copies of the sequence stand side by side. */
    @Param({"1", "2"})
    public int copies;

    private Tracker subject;
    private List<List<MotChallengeRow>> frames;
    private final TrackSet tracks = new TrackSet();
    private final Observations observations = new Observations();
    private final TrackSetFormat format = new TrackSetFormat();
    private final BinaryWriter writer = new BinaryWriter();
    private final BinaryReader reader = new BinaryReader();

    /** Reads the detections. */
    @Setup
    public void read() throws IOException, MotChallengeFormatException {
        String folder = System.getenv("FRAMEFLOW_REFERENCE_DATA");
        if (folder == null) {
            throw new IOException("set FRAMEFLOW_REFERENCE_DATA to the folder with tracking/");
        }
        subject = TrackerKind.ofLabel(tracker).orElseThrow().options(Map.of()).newTracker();
        frames = new ArrayList<>();
        for (int frame = 0; frame < FRAMES; frame++) {
            frames.add(new ArrayList<>());
        }
        for (MotChallengeRow row :
                MotChallengeReader.read(Path.of(folder, "tracking", "MOT17-02", "det.txt"))) {
            frames.get(row.frame() - 1).add(row);
        }
    }

    /** The tracker alone, its state in memory. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long track(Processor processor) {
        processor.begin();
        tracks.clear();
        for (int frame = 0; frame < FRAMES; frame++) {
            update(frames.get(frame));
        }
        processor.end();
        return tracks.nextId();
    }

    /** With its state read before each frame and written after it, as the operator does. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long trackWithState(Processor processor) {
        processor.begin();
        tracks.clear();
        for (int frame = 0; frame < FRAMES; frame++) {
            update(frames.get(frame));
            writer.clear();
            format.write(tracks, writer);
            reader.reset(writer.toByteArray());
            format.read(reader, TrackSetFormat.VERSION, tracks);
        }
        processor.end();
        return tracks.nextId();
    }

    private void update(List<MotChallengeRow> rows) {
        observations.begin(0);
        for (int copy = 0; copy < copies; copy++) {
            for (int i = 0; i < rows.size(); i++) {
                MotChallengeRow row = rows.get(i);
                observations.add(
                        (float) row.left() + copy * FRAME_WIDTH,
                        (float) row.top(),
                        (float) row.width(),
                        (float) row.height(),
                        (float) row.confidence(),
                        0,
                        "person");
            }
        }
        subject.advance(tracks, 1, NOBODY);
        subject.update(tracks, observations, NOBODY);
    }

    /**
     * How much of its core the thread had, 0 to 1. What it would do with all of it is the score
     * divided by this.
     */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Processor {
        private static final double NANOS_PER_SECOND = 1e9;

        /** Seconds on the core; JMH divides them by those that went by. */
        public double coreShare;

        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private long begun;

        void begin() {
            begun = threads.getCurrentThreadCpuTime();
        }

        void end() {
            coreShare += (threads.getCurrentThreadCpuTime() - begun) / NANOS_PER_SECOND;
        }
    }
}
