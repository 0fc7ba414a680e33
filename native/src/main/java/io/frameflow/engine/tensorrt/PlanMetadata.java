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
package io.frameflow.engine.tensorrt;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a plan besides its bytes: a JSON file beside it, of the same name. Plans of
 * other programs have none.
 *
 * @param network name of the ONNX file
 * @param key what the plan was built from, and for what
 * @param planSha256 SHA-256 of the plan
 * @param builtAt when it was built
 * @param buildSeconds how long that took
 * @param golden what it made of the golden frame
 */
public record PlanMetadata(
        String network,
        PlanKey key,
        String planSha256,
        Instant builtAt,
        double buildSeconds,
        GoldenFrame golden) {
    private static final int FORMAT = 1;

    /** Where the metadata of a plan lies. */
    static Path beside(Path plan) {
        String name = String.valueOf(plan.getFileName());
        int dot = name.lastIndexOf('.');
        return plan.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".json");
    }

    /**
     * Metadata of a plan; empty if there is none.
     *
     * @throws io.frameflow.failure.FrameflowException with {@code INVALID_PLAN} if there is some
     *     that cannot be read
     */
    static Optional<PlanMetadata> of(Path plan) {
        return PlanMetadataReader.read(beside(plan));
    }

    /** The file's text. */
    String json() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", FORMAT);
        root.put("network", network);
        root.put("key", key.parts());
        root.put("plan_sha256", planSha256);
        root.put("built_at", builtAt);
        root.put("build_seconds", buildSeconds);
        root.put("golden_frame", outputs());
        return JsonText.of(root);
    }

    private Map<String, List<Float>> outputs() {
        Map<String, List<Float>> outputs = new LinkedHashMap<>();
        golden.outputs().forEach(output -> outputs.put(output.tensor(), output.samples()));
        return outputs;
    }

    /** Whether this version reads a file of that format. */
    static boolean isReadable(@Nullable Object format) {
        return Integer.valueOf(FORMAT).equals(format);
    }
}
