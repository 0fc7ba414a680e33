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

import io.frameflow.cli.process.Logging;
import io.frameflow.cli.process.StandardOutput;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line: {@code frameflow COMMAND ...}. */
@Command(
        name = "frameflow",
        description = "Video analytics as an Apache Flink job, and the tools around it.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "1:failure; the message says what to do", "2:wrong usage"},
        subcommands = {
            PublishCommand.class,
            ConsumeCommand.class,
            InferCommand.class,
            EngineCommand.class,
            CalibrateCommand.class,
            BenchCommand.class,
            RunCommand.class,
            ControlCommand.class,
            DemoCommand.class,
            ViewCommand.class,
            TrackCommand.class,
            EvaluateCommand.class,
            DenoiseCommand.class,
            ModelCommand.class
        })
public final class Frameflow implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    private boolean verbose;

    Frameflow() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(execute(new FileOutputStream(FileDescriptor.out), arguments));
    }

    /** Runs one command; where its output cannot be written, it has failed. */
    static int execute(OutputStream target, String... arguments) {
        StandardOutput output = new StandardOutput(new BufferedOutputStream(target));
        CommandLine commandLine = commandLine();
        commandLine.setOut(new PrintWriter(output, true, StandardCharsets.UTF_8));
        int exitCode = commandLine.execute(arguments);
        commandLine.getOut().flush();
        if (output.failure().isEmpty()) {
            return exitCode;
        }
        PrintWriter err = commandLine.getErr();
        err.println(
                "frameflow: cannot write to standard output: "
                        + output.failure().get().getMessage());
        err.flush();
        return ExitCode.SOFTWARE;
    }

    /** The command line as tests use it too. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Frameflow());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setParameterExceptionHandler(FailureReport::usage);
        commandLine.setExecutionExceptionHandler(FailureReport::failure);
        commandLine.setExecutionStrategy(
                parsed -> {
                    Logging.toConsole(verbose(commandLine));
                    return new CommandLine.RunLast().execute(parsed);
                });
        return commandLine;
    }

    /** Whether the user wants to see stack traces and what the libraries log. */
    static boolean verbose(CommandLine commandLine) {
        return commandLine.getCommandSpec().root().userObject() instanceof Frameflow root
                && root.verbose;
    }

    @Option(
            names = {"--verbose", "--debug"},
            scope = ScopeType.INHERIT,
            description = "Log more, and show stack traces of failures.")
    void setVerbose(boolean verbose) {
        this.verbose = verbose;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "give a command");
    }
}
