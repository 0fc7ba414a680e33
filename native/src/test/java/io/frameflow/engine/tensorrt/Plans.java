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

import io.frameflow.engine.Precision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keys and metadata of plans that do not exist. */
final class Plans {
    static final String NETWORK = "ab".repeat(32);
    static final Instant TIME = Instant.parse("2026-11-02T10:11:12.5Z");

    private Plans() {}

    static PlanKey key(Precision precision, int most) {
        return key("10.6.0.26", "NVIDIA H200", precision, most, 2);
    }

    static PlanKey key(
            String tensorRt, String card, Precision precision, int most, int optimizationLevel) {
        return new PlanKey(
                NETWORK,
                tensorRt,
                card,
                "9.0",
                precision,
                new BatchProfile(1, Math.min(8, most), most),
                optimizationLevel,
                0,
                PlanVariant.PLAIN);
    }

    /** The key of a calibrated plan that was built by some revision of the builder's rules. */
    static PlanKey calibratedKey(int rules, int most) {
        PlanKey plain = key(Precision.INT8, most);
        return of(
                plain,
                plain.optimizationLevel(),
                new PlanVariant(
                        Optional.of("cd".repeat(32)),
                        rules,
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** The key of a plan of the same network, for the same card, that was asked for otherwise. */
    static PlanKey of(PlanKey plain, int optimizationLevel, PlanVariant variant) {
        return new PlanKey(
                plain.networkSha256(),
                plain.tensorRt(),
                plain.card(),
                plain.computeCapability(),
                plain.precision(),
                plain.batch(),
                optimizationLevel,
                plain.workspaceBytes(),
                variant);
    }

    static PlanMetadata metadata(PlanKey key, byte[] plan, Instant builtAt) {
        return new PlanMetadata("yolov5n.onnx", key, Sha256.of(plan), builtAt, 33.25, golden());
    }

    static GoldenFrame golden() {
        return new GoldenFrame(
                List.of(
                        new GoldenOutput("output0", List.of(0.1f, -7.5e-8f, 1e20f)),
                        new GoldenOutput("odd \"name\" \\ \n", List.of(Float.NaN, 0f))));
    }
}
