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

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Dockerfile, as far as it can be understood without Docker.
 *
 * @param instructions one a line, continued lines joined, comments left out
 */
record Dockerfile(List<String> instructions) {

    static Dockerfile read() {
        String joined =
                DeployFolder.read("docker/Dockerfile")
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .collect(Collectors.joining("\n"))
                        .replace("\\\n", " ");
        return new Dockerfile(joined.lines().filter(line -> !line.isBlank()).toList());
    }

    /** Arguments of all instructions of a kind. */
    List<List<String>> all(String instruction) {
        return instructions.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> List.of(line.substring(instruction.length() + 1).trim().split(" +")))
                .toList();
    }

    /** Destination of each source of a COPY instruction. */
    Map<String, String> copies() {
        Map<String, String> copies = new TreeMap<>();
        for (List<String> arguments : all("COPY")) {
            List<String> paths =
                    arguments.stream().filter(argument -> !argument.startsWith("--")).toList();
            String destination = paths.get(paths.size() - 1);
            sources(paths).forEach(source -> copies.put(source, destination));
        }
        return copies;
    }

    String destinationOf(String source) {
        return copies().getOrDefault(source, "(not copied)");
    }

    private static Stream<String> sources(List<String> paths) {
        return paths.stream().limit(paths.size() - 1L);
    }
}
