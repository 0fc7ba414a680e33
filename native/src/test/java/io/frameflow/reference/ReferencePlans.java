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
package io.frameflow.reference;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Plans of reference networks for the card that is there, in the folder that {@code
 * FRAMEFLOW_REFERENCE_PLANS} names; {@code ./frameflow engine build} makes them. A test that needs
 * one fails without it: where a GPU is required nothing is skipped.
 */
public final class ReferencePlans {
    private ReferencePlans() {}

    /** Path of a plan. */
    public static Path file(String name) {
        String folder = System.getenv("FRAMEFLOW_REFERENCE_PLANS");
        Path file = Path.of(folder == null ? "." : folder, name);
        if (folder == null || !Files.exists(file)) {
            throw new AssertionError(
                    "no plan " + file + ": FRAMEFLOW_REFERENCE_PLANS is " + folder);
        }
        return file;
    }
}
