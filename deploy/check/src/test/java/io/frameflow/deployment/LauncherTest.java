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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./frameflow}, with a Java and a Maven that only tell what they are asked. */
@Timeout(60)
class LauncherTest {
    private static final List<String> TOOLS =
            List.of(
                    "bash",
                    "cat",
                    "dirname",
                    "find",
                    "flock",
                    "head",
                    "mkdir",
                    "readlink",
                    "sed",
                    "tee",
                    "touch");
    private static final String JAVA =
            """
            #!/bin/bash
            if [[ $1 == -version ]]; then echo 'openjdk version "%s"' >&2; exit 0; fi
            printf '%%s\\n' "$@"
            exit 3
            """;
    private static final String MAVEN =
            """
            #!/bin/bash
            echo '[INFO] Building Frameflow: job 1.0   [5/6]'
            echo "$@" >>%1$s/maven-calls
            [[ -e %1$s/broken ]] && { echo '[ERROR] it does not compile'; exit 1; }
            mkdir -p %1$s/deploy/target/frameflow-1.0/tools
            """;

    @TempDir Path folder;
    private Path home;
    private Path programs;

    private record Result(int exitCode, String out, String err) {}

    @BeforeEach
    void prepare() throws IOException {
        home = Files.createDirectory(folder.resolve("a home"));
        programs = Files.createDirectory(folder.resolve("bin"));
        Files.copy(DeployFolder.file("../frameflow"), home.resolve("frameflow"));
        for (String tool : TOOLS) {
            Path found = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(
                    programs.resolve(tool), Files.exists(found) ? found : Path.of("/bin", tool));
        }
        program(programs.resolve("java"), JAVA.formatted("17.0.9"));
    }

    @Test
    void handsArgumentsOnAndReturnsTheExitCode() throws Exception {
        makeDistribution();

        Result result = run("publish", "my clip.mp4", "--topic=*", "");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out().lines())
                .endsWith("io.frameflow.cli.Frameflow", "publish", "my clip.mp4", "--topic=*", "");
        assertThat(result.out())
                .contains("-cp\n" + home + "/tools/*:" + home + "/lib/*\n")
                .contains("-Dorg.bytedeco.javacpp.maxphysicalbytes=0\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void isFoundThroughLinks() throws Exception {
        makeDistribution();
        Path link = folder.resolve("frameflow");
        Files.createSymbolicLink(link, Path.of("a home", "frameflow"));

        assertThat(run(link, List.of(), "--help").out()).contains(home + "/tools/*");
    }

    @Test
    void takesJavasOptionsFromTheEnvironment() throws Exception {
        makeDistribution();

        assertThat(run(launcher(), List.of("FRAMEFLOW_JAVA_OPTS=-Xmx2g -Da=b"), "--help").out())
                .contains("-Xmx2g\n-Da=b\n");
    }

    @Test
    void saysWhatIsWrongWithJava() throws Exception {
        makeDistribution();
        assertFails(List.of("JAVA_HOME=/no/java"), "JAVA_HOME is /no/java", "JDK 17");

        program(programs.resolve("java"), JAVA.formatted("11.0.2"));
        assertFails(List.of(), "is Java 11", "JDK 17");

        Files.delete(programs.resolve("java"));
        assertFails(List.of(), "there is no java", "JDK 17");
    }

    @Test
    void buildsACheckoutOnFirstUseAndWhenSourcesHaveChanged() throws Exception {
        makeCheckout();

        assertThat(run("--help").err()).contains("building", "[5/6] Frameflow: job");
        assertThat(run("--help").err()).as("nothing has changed").isEmpty();
        assertThat(mavenCalls()).isEqualTo(1);

        Path source = home.resolve("job/src/main/Job.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run("--help").exitCode()).isEqualTo(3);
        assertThat(mavenCalls()).isEqualTo(2);
    }

    @Test
    void saysWhyABuildFails() throws Exception {
        makeCheckout();
        Files.createFile(home.resolve("broken"));

        assertFails(List.of(), "it does not compile", ".frameflow/build.log");
        Files.delete(programs.resolve("mvn"));
        assertFails(List.of(), "there is no mvn", "Maven 3.8");
    }

    private void assertFails(List<String> environment, String... parts) throws Exception {
        Result result = run(launcher(), environment, "--help");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(parts);
    }

    private void makeDistribution() throws IOException {
        Files.createDirectory(home.resolve("tools"));
    }

    private void makeCheckout() throws IOException {
        Files.createDirectories(home.resolve("job/src/main"));
        Files.createDirectories(home.resolve("deploy/src"));
        Files.createDirectories(home.resolve("deploy/target"));
        Files.createFile(home.resolve("job/src/main/Job.java"));
        Files.createFile(home.resolve("job/pom.xml"));
        Files.writeString(home.resolve("pom.xml"), "  <version>1.0</version>\n");
        program(programs.resolve("mvn"), MAVEN.formatted("'" + home + "'"));
    }

    private int mavenCalls() throws IOException {
        return Files.readAllLines(home.resolve("maven-calls")).size();
    }

    private Path launcher() {
        return home.resolve("frameflow");
    }

    private Result run(String... arguments) throws Exception {
        return run(launcher(), List.of(), arguments);
    }

    /** Runs the script with no more in its environment than is given. */
    private Result run(Path script, List<String> environment, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(settings(environment));
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private Map<String, String> settings(List<String> environment) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("PATH", programs.toString());
        for (String setting : environment) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return settings;
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
