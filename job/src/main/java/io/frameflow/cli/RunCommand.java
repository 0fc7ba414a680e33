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

import io.frameflow.cli.local.LocalCluster;
import io.frameflow.cli.process.StopSignal;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.job.config.Arguments;
import io.frameflow.job.config.ConfigurationDocument;
import io.frameflow.job.config.Settings;
import io.frameflow.job.kafka.ClusterCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code frameflow run}: the job in this process. */
@Command(
        name = "run",
        customSynopsis = "frameflow run [-hV] [-D KEY=VALUE]... [--config FILE] [--KEY VALUE]...",
        description = {
            "Run the job in this process, until it is stopped or has read a bounded topic.",
            "FILE is YAML; keys on the command line win. Its state is gone at the end, unless"
                    + " Flink's execution.checkpointing.dir says where checkpoints go.",
            ""
        })
final class RunCommand implements Callable<Integer> {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(500);

    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description =
                    "Option of Flink, such as parallelism.default=4 or rest.bind-port=8081;"
                            + " repeatable.")
    private Map<String, String> flinkOptions = new LinkedHashMap<>();

    @Unmatched private List<String> jobArguments = new ArrayList<>();

    /** Ends the help with the options of the job. */
    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        String options = ConfigurationDocument.help().replace("%", "%%");
        spec.usageMessage().footer("%nOptions of the job:%n" + options);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = settings();
        ClusterCheck.run(settings);
        Configuration flink = Configuration.fromMap(flinkOptions);
        try (StopSignal stop = StopSignal.install();
                LocalCluster cluster = LocalCluster.start(settings, flink)) {
            cluster.awaitRunning(START);
            spec.commandLine()
                    .getErr()
                    .printf(
                            "frameflow: the job runs; Flink at %s; Ctrl-C stops it%n",
                            cluster.restAddress());
            spec.commandLine().getErr().flush();
            while (!cluster.hasEnded() && !stop.await(POLL)) {
                // Both are looked at again.
            }
            if (cluster.hasEnded()) {
                cluster.awaitEnd();
            }
        }
        return 0;
    }

    private Settings settings() {
        try {
            Arguments arguments = Arguments.parse(jobArguments.toArray(String[]::new));
            return Settings.from(arguments.options());
        } catch (FrameflowException e) {
            if (e.code() == FailureCode.INVALID_SETTINGS) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
            throw e;
        }
    }
}
