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

import io.frameflow.cli.kafka.ControlChannel;
import io.frameflow.cli.process.StopSignal;
import io.frameflow.operators.control.ControlMessage;
import io.frameflow.operators.control.ControlReader;
import io.frameflow.schema.Control;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.ControlOutcome;
import io.frameflow.schema.codec.RecordCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code frameflow control}: settings and the model of a running job. */
@Command(
        name = "control",
        description = {
            "Change settings, or the model, of a job that runs; it needs kafka.topics.control.",
            "What a camera has of its own wins over what is for all cameras, each setting by itself.",
            "Exits with 0 only when every subtask has applied the change.",
            ""
        })
final class ControlCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    /** Whom a change is for. */
    static final class Target {
        @Option(
                names = "--camera",
                required = true,
                paramLabel = "NAME",
                description = "Change it for this camera.")
        private @Nullable String camera;

        @Option(names = "--all", required = true, description = "Change it for all cameras.")
        @SuppressWarnings("UnusedVariable") // That no camera is named says it, too.
        private boolean all;
    }

    /** Whether a stage works. */
    enum Switch {
        ON,
        OFF;

        @Override
        public String toString() {
            return this == ON ? "on" : "off";
        }
    }

    @Option(
            names = "--score-threshold",
            paramLabel = "SCORE",
            description = "Leave out detections whose score is not above this, 0 to 1.")
    private @Nullable Float scoreThreshold;

    @Option(
            names = "--nms-iou-threshold",
            paramLabel = "IOU",
            description = "Leave out boxes that overlap a better one by more than this, 0 to 1.")
    private @Nullable Float nmsIouThreshold;

    @Option(
            names = "--denoise",
            paramLabel = "on|off",
            description = "Switch noise reduction, keeping its strength and preset.")
    private @Nullable Switch denoise;

    @Option(
            names = "--denoise-strength",
            paramLabel = "STRENGTH",
            description = "How much noise is reduced, 0 to 1; 0 is off.")
    private @Nullable Float denoiseStrength;

    @Option(
            names = "--denoise-preset",
            paramLabel = "PRESET",
            completionCandidates = DenoiseSettingsOptions.PresetCandidates.class,
            description = "The kind of scene, one of ${COMPLETION-CANDIDATES}.")
    private @Nullable String denoisePreset;

    @Option(
            names = "--tracking",
            paramLabel = "on|off",
            description = "Switch tracking: off ends the tracks, on begins new ones.")
    private @Nullable Switch tracking;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description =
                    "Change over to this model file, as the TaskManagers see it; with --all only.")
    private @Nullable String model;

    @Option(
            names = "--reset",
            description =
                    "First forget what was set before: for the camera; with --all for every camera"
                            + " too. The model stays.")
    private boolean reset;

    @Option(
            names = "--control-id",
            paramLabel = "ID",
            description = "Name of the change, which results tell (default: a new UUID).")
    private String controlId = UUID.randomUUID().toString();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            defaultValue = "control",
            description =
                    "The job's kafka.topics.control: where to write to (default: ${DEFAULT-VALUE}).")
    private String topic = "";

    @Option(
            names = "--events-topic",
            paramLabel = "TOPIC",
            defaultValue = "events",
            description =
                    "The job's kafka.topics.events: where the answer comes (default:"
                            + " ${DEFAULT-VALUE}).")
    private String eventsTopic = "";

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "How long to wait for the answer; 0 for not waiting (default:"
                            + " ${DEFAULT-VALUE}).")
    private int wait;

    @Mixin private final KafkaOptions kafka = new KafkaOptions();

    @Override
    public Integer call() throws IOException {
        Control message = message();
        PrintWriter out = spec.commandLine().getOut();
        try (StopSignal stop = StopSignal.install();
                ControlChannel channel =
                        ControlChannel.connect(kafka.connection(), topic, eventsTopic)) {
            channel.send(message);
            if (wait == 0) {
                out.println("sent " + controlId + " to " + topic);
            } else {
                report(
                        channel.await(controlId, Duration.ofSeconds(wait), stop::isRequested),
                        stop.isRequested());
            }
        }
        out.flush();
        return 0;
    }

    private void report(Optional<ControlAcknowledgement> heard, boolean isStopped)
            throws IOException {
        ControlAcknowledgement answer =
                heard.orElseThrow(
                        () ->
                                new IOException(
                                        isStopped
                                                ? "stopped; the change " + controlId + " is sent"
                                                : unanswered()));
        if (answer.getOutcome() != ControlOutcome.APPLIED) {
            throw new IOException(
                    "%s with %s: %s"
                            .formatted(
                                    answer.getOutcome() == ControlOutcome.REFUSED
                                            ? "refused"
                                            : "failed",
                                    answer.getCode(),
                                    answer.getMessage()));
        }
        spec.commandLine()
                .getOut()
                .printf(
                        "applied by %d %s: %s%n",
                        answer.getSubtasks(),
                        answer.getSubtasks() == 1 ? "subtask" : "subtasks",
                        answer.getMessage());
    }

    private String unanswered() {
        return ("no answer within %d s: does a job run with kafka.topics.control: %s and"
                        + " kafka.topics.events: %s? The change %s is sent, and may yet be applied")
                .formatted(wait, topic, eventsTopic, controlId);
    }

    private Control message() {
        if (wait < 0) {
            throw new ParameterException(spec.commandLine(), "--wait must not be negative");
        }
        Control message =
                Control.newBuilder()
                        .setControlId(controlId)
                        .setCameraId(target.camera)
                        .setIssuedAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()))
                        .setScoreThreshold(scoreThreshold)
                        .setNmsIouThreshold(nmsIouThreshold)
                        .setDenoiseEnabled(isOn(denoise))
                        .setDenoiseStrength(denoiseStrength)
                        .setDenoisePreset(denoisePreset)
                        .setTrackingEnabled(isOn(tracking))
                        .setModelFile(model)
                        .setReset(reset)
                        .build();
        check(message);
        return message;
    }

    /** By the rules of the job: what it would refuse is not sent. */
    private void check(Control message) {
        ControlReader.Outcome outcome =
                new ControlReader()
                        .read(
                                new ControlMessage(
                                        topic, 0, 0, RecordCodec.forControl().encode(message)));
        if (outcome instanceof ControlReader.Refused refused) {
            throw new ParameterException(spec.commandLine(), refused.refusal().message());
        }
    }

    private static @Nullable Boolean isOn(@Nullable Switch given) {
        return given == null ? null : given == Switch.ON;
    }
}
