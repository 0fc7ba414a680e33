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
package io.frameflow.cli.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import io.frameflow.engine.tensorrt.GpuMachine;
import java.io.IOException;

/** Writes where something was measured. */
final class MachineJson {
    private MachineJson() {}

    /** Writes the field {@code machine}. */
    static void write(JsonGenerator json, GpuMachine machine) throws IOException {
        json.writeObjectFieldStart("machine");
        json.writeStringField("card", machine.card());
        json.writeNumberField("gpu", machine.gpu());
        json.writeStringField("compute_capability", machine.computeCapability());
        json.writeNumberField("memory_bytes", machine.memoryBytes());
        json.writeStringField("driver", machine.driver());
        json.writeStringField("cuda_driver", machine.cudaDriver());
        json.writeStringField("cuda_runtime", machine.cudaRuntime());
        json.writeStringField("tensorrt", machine.tensorRt());
        json.writeStringField("java", System.getProperty("java.version"));
        json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
        json.writeEndObject();
    }
}
