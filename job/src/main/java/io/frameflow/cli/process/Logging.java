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
package io.frameflow.cli.process;

import java.nio.file.Path;

/**
 * Where the libraries log to. It must be said before the first logger is made: log4j reads its
 * configuration then, and these properties with it.
 */
public final class Logging {
    private static final String CONFIGURATION = "log4j2.configurationFile";
    private static final String LEVEL = "frameflow.log.level";
    private static final String FILE = "frameflow.log.file";

    private Logging() {}

    /**
     * Standard error.
     *
     * @param verbose whether more than errors is logged
     */
    public static void toConsole(boolean verbose) {
        configure("log4j2-console.properties");
        System.setProperty(LEVEL, verbose ? "INFO" : "ERROR");
    }

    /** A file, with everything that is worth keeping. */
    public static void toFile(Path file) {
        configure("log4j2-file.properties");
        System.setProperty(LEVEL, "INFO");
        System.setProperty(FILE, file.toString());
    }

    private static void configure(String resource) {
        System.setProperty(CONFIGURATION, "classpath:io/frameflow/cli/process/" + resource);
    }
}
