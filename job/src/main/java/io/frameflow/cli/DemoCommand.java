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
package io.frameflow.cli;

import io.frameflow.cli.demo.DemoPlan;
import io.frameflow.cli.demo.DemoReport;
import io.frameflow.cli.demo.Demonstration;
import io.frameflow.cli.demo.LiveDemonstration;
import io.frameflow.cli.process.Logging;
import io.frameflow.cli.process.StatusLine;
import io.frameflow.cli.process.StopSignal;
import io.frameflow.cli.publish.Pace;
import io.frameflow.cli.view.LiveView;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code frameflow demo}: everything at once, on this machine. */
@Command(
        name = "demo",
        description = {
            "Show the whole way of frames, in this process and over loopback only: clips are"
                    + " published as cameras to a Kafka broker, the job finds and follows what"
                    + " moves in them, and what comes out is counted and drawn.",
            "Ends by itself within a minute; succeeds only if every frame came out. With --view it"
                    + " goes on, and a page in the browser shows it live.",
            ""
        })
final class DemoCommand implements Callable<Integer> {
    private static final int MAX_CAMERAS = 16;

    /** The shortest clip has so many. */
    private static final long MAX_FRAMES_PER_CAMERA = 300;

    private static final long MIN_FRAMES_PER_CAMERA = 25;

    /** What a core examines in about half a minute. */
    private static final long FRAMES_PER_CORE = 150;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--cameras",
            paramLabel = "N",
            defaultValue = "3",
            description = "Cameras, 1 to 16 (default: ${DEFAULT-VALUE}).")
    private int cameras;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            description =
                    "Frames a second of each camera, recorded for the clip's own, or max. Default:"
                            + " the clip's own, but no camera sends a frame before the one before"
                            + " it has its result.")
    private @Nullable String rate;

    @Option(
            names = "--view",
            description =
                    "Show it live in a browser until Ctrl-C: prints the address of a page with the"
                            + " pictures, what is found in them, and sliders.")
    private boolean view;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "frameflow-demo",
            description =
                    "Folder for the annotated video and the rest (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("frameflow-demo");

    @Option(
            names = "--files",
            paramLabel = "DIR",
            defaultValue = "${sys:frameflow.demo:-deploy/demo}",
            description = "Folder with model.yaml and clips/*.mp4 (default: ${DEFAULT-VALUE}).")
    private Path files = Path.of("deploy/demo");

    @Override
    public Integer call() throws IOException, InterruptedException {
        DemoPlan plan = plan();
        Files.createDirectories(plan.output());
        Path log = plan.output().resolve("demo.log");
        Logging.toFile(log);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (view) {
            return showLive(plan, out, err);
        }
        StatusLine status = new StatusLine(err);
        Demonstration demonstration =
                new Demonstration(
                        plan,
                        step -> {
                            status.end();
                            err.println("frameflow: " + step);
                            err.flush();
                        });
        try (StopSignal stop = StopSignal.install()) {
            DemoReport report = demonstration.run(stop, status::show);
            status.end();
            report.lines().forEach(out::println);
            out.printf("%-18s %s%n", "log", log);
            out.flush();
            if (stop.isRequested()) {
                err.println("frameflow: stopped before the end");
                err.flush();
            } else if (!report.isComplete()) {
                throw new IOException("not every frame came out once; the log says more: " + log);
            }
        }
        return 0;
    }

    private static int showLive(DemoPlan plan, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        LiveDemonstration demonstration =
                new LiveDemonstration(
                        plan,
                        LiveView.Place.onLoopback(),
                        step -> {
                            err.println("frameflow: " + step);
                            err.flush();
                        });
        try (StopSignal stop = StopSignal.install()) {
            long frames =
                    demonstration.run(
                            stop,
                            address -> {
                                err.println(
                                        "frameflow: open this address in a browser; Ctrl-C ends"
                                                + " it");
                                err.flush();
                                out.println(address);
                                out.flush();
                            });
            err.printf("frameflow: %,d frames were shown%n", frames);
        }
        return 0;
    }

    private DemoPlan plan() throws IOException {
        if (cameras < 1 || cameras > MAX_CAMERAS) {
            throw new ParameterException(spec.commandLine(), "--cameras must be from 1 to 16");
        }
        return new DemoPlan(
                files.resolve("model.yaml"),
                DemoPlan.clipsOf(files.resolve("clips"), cameras),
                framesPerCamera(),
                rate == null ? Pace.RECORDED : parsePace(rate),
                rate == null,
                output.toAbsolutePath().normalize());
    }

    /** A number that depends on nothing that changes from run to run, so that tracks do not. */
    private long framesPerCamera() {
        long frames = Runtime.getRuntime().availableProcessors() * FRAMES_PER_CORE / cameras;
        return Math.min(Math.max(frames, MIN_FRAMES_PER_CAMERA), MAX_FRAMES_PER_CAMERA);
    }

    private Pace parsePace(String text) {
        try {
            return Pace.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--rate: " + e.getMessage(), e);
        }
    }
}
