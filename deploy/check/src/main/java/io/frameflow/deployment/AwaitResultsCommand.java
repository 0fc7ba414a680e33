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
package io.frameflow.deployment;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Waits until a run has committed so many results. */
@Command(
        name = "await",
        mixinStandardHelpOptions = true,
        description = {
            "Waits until detections and dead letters of a run have together so many committed"
                    + " records, and prints their number.",
            "Exit code 1 if that takes longer than the timeout."
        })
final class AwaitResultsCommand implements Callable<Integer> {
    @Mixin private KafkaConnection kafka = new KafkaConnection();

    @Option(names = "--run", paramLabel = "NAME", required = true, description = "Name of the run.")
    private String run = "";

    @Option(
            names = "--at-least",
            paramLabel = "COUNT",
            required = true,
            description = "Number of records to wait for.")
    private long atLeast;

    @Option(
            names = "--timeout-seconds",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Longest wait; default: ${DEFAULT-VALUE}.")
    private long timeoutSeconds;

    @Override
    public Integer call() {
        RunTopics topics = new RunTopics(run);
        long count =
                new CommittedTopics(
                                kafka.bootstrapServers, topics.detections(), topics.deadLetters())
                        .awaitCount(atLeast, Duration.ofSeconds(timeoutSeconds));
        System.out.println(count);
        return count >= atLeast ? 0 : 1;
    }
}
