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
package io.frameflow.benchmark;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A Kafka broker in a process of its own, with its log in a folder that goes away with it. */
final class BenchmarkBroker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What a producer sends at once, a megabyte and more, must not fill regions of its own. */
    private static final List<String> OPTIONS = List.of("-Xmx2g", "-XX:G1HeapRegionSize=16m");

    private final Path folder;
    private final Process process;
    private final String bootstrapServers;

    private BenchmarkBroker(Path folder, Process process, String bootstrapServers) {
        this.folder = folder;
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker and returns when it takes requests.
     *
     * @param parent folder in which its log is made
     */
    static BenchmarkBroker start(Path parent) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(parent, "frameflow-benchmark-");
        int port = freePort();
        int controllerPort = freePort();
        Path properties = folder.resolve("broker.properties");
        Files.writeString(
                properties,
                """
                process.roles=broker,controller
                node.id=1
                listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                advertised.listeners=PLAINTEXT://127.0.0.1:%d
                controller.listener.names=CONTROLLER
                controller.quorum.bootstrap.servers=127.0.0.1:%d
                log.dirs=%s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                message.max.bytes=16777216
                num.network.threads=%d
                """
                        .formatted(
                                port,
                                controllerPort,
                                port,
                                controllerPort,
                                folder.resolve("log"),
                                networkThreads()));
        Path output = folder.resolve("broker.out");
        Process format =
                ChildProcess.java(
                        OPTIONS,
                        output,
                        "kafka.tools.StorageTool",
                        "format",
                        "--standalone",
                        "-t",
                        "frameflowAAAAAAAAAAAAA",
                        "-c",
                        properties.toString());
        if (format.waitFor() != 0) {
            throw new IOException("the log folder cannot be made:\n" + Files.readString(output));
        }
        Process broker = ChildProcess.java(OPTIONS, output, "kafka.Kafka", properties.toString());
        // Also when the benchmark is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(broker::destroyForcibly));
        BenchmarkBroker started = new BenchmarkBroker(folder, broker, "127.0.0.1:" + port);
        started.awaitReady();
        return started;
    }

    /** Kafka's default is 3, which all the pictures of a large machine would have to pass. */
    private static int networkThreads() {
        return Math.max(3, Runtime.getRuntime().availableProcessors() / 2);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** Processor time that the broker has used. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Makes topics of a partition count each. */
    void createTopics(int partitions, Map<String, String> settings, String... names)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            List<NewTopic> topics = new ArrayList<>();
            for (String name : names) {
                topics.add(new NewTopic(name, partitions, (short) 1).configs(settings));
            }
            admin.createTopics(topics).all().get();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            while (true) {
                try {
                    admin.describeCluster().nodes().get(1, TimeUnit.SECONDS);
                    return;
                } catch (ExecutionException | TimeoutException e) {
                    if (!process.isAlive() || System.nanoTime() > deadline) {
                        throw new IOException(
                                "the broker does not start:\n"
                                        + Files.readString(folder.resolve("broker.out")),
                                e);
                    }
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
