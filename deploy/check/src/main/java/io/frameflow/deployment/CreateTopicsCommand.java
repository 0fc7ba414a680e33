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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates the frames topic and the result topics of the runs that will be compared. */
@Command(
        name = "create-topics",
        mixinStandardHelpOptions = true,
        description = "Creates the frames topic, and the result topics of each run.")
final class CreateTopicsCommand implements Callable<Integer> {
    private static final short REPLICATION = 1;
    private static final String LARGEST_FRAME_BYTES = String.valueOf(8 * 1024 * 1024);
    private static final Duration READY = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);

    @Mixin private KafkaConnection kafka = new KafkaConnection();

    @Option(
            names = "--partitions",
            paramLabel = "COUNT",
            defaultValue = "4",
            description = "Partitions of each topic; default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(names = "--run", paramLabel = "NAME", description = "Name of a run; repeatable.")
    private List<String> runs = new ArrayList<>();

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
        List<NewTopic> topics = new ArrayList<>();
        topics.add(
                new NewTopic(kafka.framesTopic, partitions, REPLICATION)
                        .configs(
                                Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, LARGEST_FRAME_BYTES)));
        runs.stream()
                .flatMap(run -> new RunTopics(run).all().stream())
                .forEach(name -> topics.add(new NewTopic(name, partitions, REPLICATION)));
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                kafka.bootstrapServers))) {
            admin.createTopics(topics).all().get();
            awaitLeaders(admin, topics);
        }
        return 0;
    }

    /** A broker knows a topic before its partitions can be written to. */
    private static void awaitLeaders(Admin admin, List<NewTopic> topics)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                topics.stream()
                        .flatMap(CreateTopicsCommand::partitionsOf)
                        .collect(
                                Collectors.toMap(partition -> partition, p -> OffsetSpec.latest()));
        long deadline = System.nanoTime() + READY.toNanos();
        while (true) {
            try {
                admin.listOffsets(latest).all().get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(PAUSE.toMillis());
            }
        }
    }

    private static Stream<TopicPartition> partitionsOf(NewTopic topic) {
        return IntStream.range(0, topic.numPartitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition));
    }
}
