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

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the commands with which a deployment is prepared for a check and checked. */
@Command(
        name = "deployment-check",
        mixinStandardHelpOptions = true,
        description = "Prepares a deployment for a check, and checks it through its topics.",
        subcommands = {
            FreePortsCommand.class,
            CreateTopicsCommand.class,
            PublishDamagedCommand.class,
            AwaitResultsCommand.class,
            VerifyCommand.class
        })
public final class DeploymentCheck {

    private DeploymentCheck() {}

    /** Runs a command; the exit code is 0 on success, 1 if the check fails, 2 for wrong usage. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DeploymentCheck()).execute(arguments));
    }
}
