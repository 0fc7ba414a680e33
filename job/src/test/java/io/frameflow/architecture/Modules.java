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
package io.frameflow.architecture;

import java.util.Arrays;

/** The packages of each module. */
final class Modules {
    /** Records on the topics, and their codec. */
    static final String[] SCHEMAS = {"io.frameflow.schema.."};

    /** What operators may see of {@code native}: its door, and the plain data that passes it. */
    static final String[] DOOR = {
        "io.frameflow.pipeline",
        "io.frameflow.denoise",
        "io.frameflow.failure",
        "io.frameflow.image",
        "io.frameflow.geometry",
        "io.frameflow.result",
        "io.frameflow.yaml"
    };

    /** Encoded frames to results. */
    static final String[] NATIVE = {
        "io.frameflow.cuda..",
        "io.frameflow.decode..",
        "io.frameflow.denoise..",
        "io.frameflow.encode..",
        "io.frameflow.engine..",
        "io.frameflow.failure..",
        "io.frameflow.file..",
        "io.frameflow.geometry..",
        "io.frameflow.image..",
        "io.frameflow.model..",
        "io.frameflow.nms..",
        "io.frameflow.onnx..",
        "io.frameflow.pipeline..",
        "io.frameflow.postprocess..",
        "io.frameflow.preprocess..",
        "io.frameflow.resource..",
        "io.frameflow.result..",
        "io.frameflow.yaml.."
    };

    /** The Flink operators. */
    static final String[] OPERATORS = {"io.frameflow.operators.."};

    /** The job. */
    static final String[] JOB = {"io.frameflow.job.."};

    /** The command line. */
    static final String[] CLI = {"io.frameflow.cli.."};

    private Modules() {}

    /** Several lists in one. */
    static String[] join(String[]... lists) {
        return Arrays.stream(lists).flatMap(Arrays::stream).toArray(String[]::new);
    }
}
