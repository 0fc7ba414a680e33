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
package io.frameflow.job.testing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink session cluster of processes on loopback, with the class path of the tests: for what ends
 * a process. Each TaskManager has one slot.
 */
public final class ProcessCluster implements AutoCloseable {
    /** Folder of Flink's plugins. */
    public static final String PLUGINS = "plugins";

    private static final int PATIENCE_SECONDS = 60;

    private final Path folder;
    private final int restPort;
    private final List<Process> processes = new ArrayList<>();
    private final List<Process> taskManagers = new ArrayList<>();

    private ProcessCluster(Path folder, int restPort) {
        this.folder = folder;
        this.restPort = restPort;
    }

    /**
     * Starts a cluster; its processes come up in their own time.
     *
     * @param folder a folder for configuration and logs; Flink finds plugins in {@link #PLUGINS}
     *     below it
     * @param settings of Flink
     */
    public static ProcessCluster start(Path folder, int taskManagers, Map<String, String> settings)
            throws IOException {
        int[] ports = freePorts();
        Files.writeString(folder.resolve("config.yaml"), configuration(ports, settings));
        ProcessCluster cluster = new ProcessCluster(folder, ports[1]);
        cluster.start(
                "jobmanager",
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
        for (int i = 0; i < taskManagers; i++) {
            cluster.taskManagers.add(
                    cluster.start(
                            "taskmanager-" + i,
                            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner"));
        }
        return cluster;
    }

    /** An environment that submits to the cluster. */
    public StreamExecutionEnvironment environment(Configuration settings) {
        return StreamExecutionEnvironment.createRemoteEnvironment("127.0.0.1", restPort, settings);
    }

    /** The exit codes of the TaskManagers that have ended. */
    public List<Integer> exitCodesOfTaskManagers() {
        return taskManagers.stream()
                .filter(process -> !process.isAlive())
                .map(Process::exitValue)
                .toList();
    }

    /** What all processes have logged. */
    public String logs() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder logs = new StringBuilder();
            for (Path file : files.filter(file -> file.toString().endsWith(".log")).toList()) {
                logs.append(file.getFileName()).append('\n').append(Files.readString(file));
            }
            return logs.toString();
        }
    }

    private Process start(String name, String mainClass) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        mainClass,
                        "--configDir",
                        folder.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().put("FLINK_PLUGINS_DIR", folder.resolve(PLUGINS).toString());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static String configuration(int[] ports, Map<String, String> settings) {
        String fixed =
                """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.bind-host: 127.0.0.1
                jobmanager.rpc.port: %d
                rest.address: 127.0.0.1
                rest.bind-address: 127.0.0.1
                rest.port: %d
                taskmanager.host: 127.0.0.1
                taskmanager.bind-host: 127.0.0.1
                taskmanager.cpu.cores: 1.0
                taskmanager.memory.framework.heap.size: 128m
                taskmanager.memory.framework.off-heap.size: 128m
                taskmanager.memory.jvm-metaspace.size: 256m
                taskmanager.memory.jvm-overhead.min: 128m
                taskmanager.memory.jvm-overhead.max: 128m
                taskmanager.memory.task.heap.size: 128m
                taskmanager.memory.task.off-heap.size: 32m
                taskmanager.memory.network.min: 16m
                taskmanager.memory.network.max: 16m
                taskmanager.memory.managed.size: 0
                heartbeat.interval: 500
                heartbeat.timeout: 20000
                """
                        .formatted(ports[0], ports[1]);
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + ": " + setting.getValue() + "\n")
                .collect(Collectors.joining("", fixed, ""));
    }

    private static int[] freePorts() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket first = new ServerSocket(0, 1, loopback);
                ServerSocket second = new ServerSocket(0, 1, loopback)) {
            return new int[] {first.getLocalPort(), second.getLocalPort()};
        }
    }

    @Override
    public void close() throws InterruptedException {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
