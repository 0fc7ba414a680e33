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

import io.frameflow.cli.engine.InspectionPrinter;
import io.frameflow.cli.engine.PlanOptions;
import io.frameflow.engine.tensorrt.PlanInspection;
import io.frameflow.pipeline.assembly.LocatedPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code frameflow engine inspect}: what a plan takes, gives and needs. */
@Command(
        name = "inspect",
        description = {
            "Load an engine, and print its tensors, batch range, precision, versions and memory.",
            ""
        })
final class EngineInspectCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private PlanOptions plan;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        LocatedPlan located = plan.locate(1);
        PlanInspection inspection = PlanInspection.of(located.file(), plan.gpu(), located.remedy());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            InspectionPrinter.printJson(inspection, out);
        } else {
            InspectionPrinter.print(inspection, out);
        }
        return 0;
    }
}
