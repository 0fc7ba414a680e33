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
package io.frameflow.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CudaVersionsTest {

    /** The first line of the file, of the proprietary module and of the open one. */
    @Test
    void findsTheDriversVersion() {
        assertThat(
                        CudaVersions.parseModule(
                                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May"
                                        + " 12 19:39:15 UTC 2024\nGCC version:  gcc version 12.3.0\n"))
                .contains("535.183.01");
        assertThat(
                        CudaVersions.parseModule(
                                "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.159"
                                        + "  Release Build  (dvs-builder@U22)\n"))
                .contains("580.159");
        assertThat(CudaVersions.parseModule("nothing of the kind")).isEmpty();
    }
}
