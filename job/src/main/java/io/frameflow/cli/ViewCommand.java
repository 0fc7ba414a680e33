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

import io.frameflow.cli.process.StopSignal;
import io.frameflow.cli.view.LiveView;
import io.frameflow.cli.view.feed.ViewTopics;
import io.frameflow.cli.view.web.Access;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code frameflow view}: the live window. */
@Command(
        name = "view",
        description = {
            "Show in a browser what a running job sees: each camera's picture as it came and with"
                    + " less noise, with what was found, and sliders that change the job's settings"
                    + " while it runs.",
            "The job needs kafka.topics.preview for pictures and kafka.topics.control for changes."
                    + " Prints the address to open; whoever has it sees everything and may change"
                    + " settings. Ctrl-C ends it.",
            ""
        })
final class ViewCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofHours(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--camera",
            paramLabel = "NAME",
            description = "Camera to begin with (default: the first).")
    private @Nullable String camera;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "Port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "Address to listen on (default: ${DEFAULT-VALUE}, for this machine alone). The"
                            + " connection is not encrypted: see docs/view.md before you change it.")
    private String host = "127.0.0.1";

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:FRAMEFLOW_VIEW_TOKEN}",
            description =
                    "What one has to know to see the page: 16 to 128 letters, digits, - and _"
                            + " (default: FRAMEFLOW_VIEW_TOKEN, or a new one each time).")
    private @Nullable String token;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description =
                    "Further name under which the page may be asked for, such as that of a proxy;"
                            + " repeatable.")
    private List<String> allowedHosts = new ArrayList<>();

    @Option(
            names = "--preview-topic",
            paramLabel = "TOPIC",
            defaultValue = "preview",
            description = "Topic with pictures (default: ${DEFAULT-VALUE}).")
    private String previewTopic = "";

    @Option(
            names = "--detections-topic",
            paramLabel = "TOPIC",
            defaultValue = "detections",
            description = "Topic with results (default: ${DEFAULT-VALUE}).")
    private String detectionsTopic = "";

    @Option(
            names = "--events-topic",
            paramLabel = "TOPIC",
            defaultValue = "events",
            description = "Topic with events and acknowledgements (default: ${DEFAULT-VALUE}).")
    private String eventsTopic = "";

    @Option(
            names = "--dead-letters-topic",
            paramLabel = "TOPIC",
            defaultValue = "dead-letters",
            description = "Topic with dead letters (default: ${DEFAULT-VALUE}).")
    private String deadLettersTopic = "";

    @Option(
            names = "--control-topic",
            paramLabel = "TOPIC",
            defaultValue = "control",
            description = "Topic to write changes to (default: ${DEFAULT-VALUE}).")
    private String controlTopic = "";

    @Mixin private final KafkaOptions kafka = new KafkaOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ViewTopics topics =
                new ViewTopics(
                        previewTopic, detectionsTopic, eventsTopic, deadLettersTopic, controlTopic);
        try (StopSignal stop = StopSignal.install();
                LiveView view = LiveView.start(kafka.connection(), topics, place())) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("frameflow: open this address in a browser; Ctrl-C ends the view");
            if (!isLoopback()) {
                err.println(
                        "frameflow: others can reach it over the network, and nothing is"
                                + " encrypted: see docs/view.md");
            }
            err.flush();
            spec.commandLine().getOut().println(view.url(camera));
            spec.commandLine().getOut().flush();
            while (!stop.await(POLL)) {
                // Nothing else ends it.
            }
        }
        return 0;
    }

    private LiveView.Place place() {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be from 0 to 65535");
        }
        if (token != null && !Access.isToken(token)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--token must be 16 to 128 letters, digits, dashes and underscores");
        }
        return new LiveView.Place(
                host, port, token == null ? Access.randomToken() : token, allowedHosts);
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
