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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks that a run delivered every published message exactly once. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks that every message of the frames topic has exactly one committed record in a"
                    + " run's detections and dead letters, and that it names the frame.",
            "With --like also that the records, track ids included, and the track events are those"
                    + " of another run. Only the durations may differ.",
            "Exit code 1 if something is wrong."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int MOST_PRINTED = 20;

    @Mixin private KafkaConnection kafka = new KafkaConnection();

    @Option(names = "--run", paramLabel = "NAME", required = true, description = "Name of the run.")
    private String run = "";

    @Option(names = "--like", paramLabel = "NAME", description = "Name of the run to compare with.")
    private @Nullable String like;

    @Override
    public Integer call() {
        RunResults results = read(run);
        DeliveryLedger ledger = results.ledger();
        List<String> problems = new ArrayList<>(ledger.problems());
        if (ledger.publishedCount() == 0) {
            problems.add("nothing was published to " + kafka.framesTopic);
        }
        if (like != null) {
            problems.addAll(results.differencesFrom(read(like)));
        }
        problems.stream().limit(MOST_PRINTED).forEach(System.out::println);
        System.out.printf(
                "%d messages with %d frames: %d problems; %d dead letters, %d track events%n",
                ledger.publishedCount(),
                ledger.frameCount(),
                problems.size(),
                ledger.deadLetterCount(),
                results.eventCount());
        return problems.isEmpty() ? 0 : 1;
    }

    private RunResults read(String name) {
        return RunResults.read(kafka.bootstrapServers, kafka.framesTopic, new RunTopics(name));
    }
}
