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

import io.frameflow.failure.FrameflowException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells of failures in one line, with what to do, and gives the exit code. */
final class FailureReport {
    private FailureReport() {}

    /** Wrong usage. */
    static int usage(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("frameflow: " + exception.getMessage());
        UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.USAGE;
    }

    /** A command that failed. */
    static int failure(Exception exception, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("frameflow: " + message(exception));
        if (Frameflow.verbose(command)) {
            exception.printStackTrace(err);
        }
        err.flush();
        return ExitCode.SOFTWARE;
    }

    /** Of these, most have the file alone for a message. */
    private static String message(FileSystemException failure) {
        String file = failure.getFile();
        if (failure instanceof NoSuchFileException) {
            return "there is no file " + file;
        }
        if (failure instanceof AccessDeniedException) {
            return "no permission for " + file;
        }
        if (failure instanceof FileAlreadyExistsException) {
            return file + " is there already, and is no folder";
        }
        if (failure instanceof NotDirectoryException) {
            return file + " is no folder";
        }
        return failure.getReason() == null
                ? failure.getClass().getSimpleName() + " at " + file
                : String.valueOf(failure.getMessage());
    }

    private static String message(Exception exception) {
        if (exception instanceof FileSystemException failed) {
            return message(failed);
        }
        if (exception instanceof CharacterCodingException) {
            return "a file that should be text is none (--verbose shows where)";
        }
        if (exception instanceof FrameflowException known) {
            return known.code() + ": " + known.getMessage();
        }
        boolean explained =
                exception instanceof IOException || exception instanceof UncheckedIOException;
        String message = exception.getMessage();
        return explained && message != null
                ? message
                : "internal error: " + exception + " (--verbose shows where)";
    }
}
