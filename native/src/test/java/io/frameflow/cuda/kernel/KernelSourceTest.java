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
package io.frameflow.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelSourceTest {
    @Test
    void hasWhatTheFileIncludesAndWhatThatIncludes() {
        assertThat(KernelSource.load("letterbox").headers())
                .containsOnlyKeys(
                        "letterbox_halved.cuh",
                        "letterbox_output.cuh",
                        "letterbox_scaled.cuh",
                        "picture.cuh",
                        "types.cuh");
        assertThat(KernelSource.load("denoise_planes").headers())
                .containsKeys("denoise_planes_strip.cuh", "picture.cuh", "types.cuh")
                .doesNotContainKey("denoise_strip.cuh");
        assertThat(KernelSource.load("denoise").headers())
                .containsKeys("denoise_strip.cuh", "denoise_motion.cuh", "types.cuh")
                .allSatisfy((name, text) -> assertThat(text).contains("#pragma once"));
    }

    @Test
    void anotherHeaderGivesAnotherDigest() {
        KernelSource source = KernelSource.load("letterbox");
        Map<String, String> headers = new HashMap<>(source.headers());
        headers.merge("types.cuh", " ", String::concat);
        KernelSource other =
                new KernelSource(source.name(), source.code(), headers, source.definitions());

        assertThat(other.digest("sm_90", "12.6")).isNotEqualTo(source.digest("sm_90", "12.6"));
    }
}
