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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.cuda.global.cudart;

/**
 * Versions of what CUDA consists of here.
 *
 * @param runtime version of the runtime library, such as {@code 12.6}
 * @param driver newest version that the driver serves, such as {@code 13.0}
 * @param module version of the driver itself, such as {@code 580.126.09}; absent where the system
 *     does not tell
 */
public record CudaVersions(String runtime, String driver, Optional<String> module) {
    private static final Path MODULE_FILE = Path.of("/proc/driver/nvidia/version");
    private static final Pattern MODULE = Pattern.compile("Kernel Module.*?\\s(\\d+(\\.\\d+)+)\\s");
    private static final int MAJOR = 1000;
    private static final int MINOR = 10;

    /** The versions of this process and machine. */
    public static CudaVersions here() {
        int[] runtime = new int[1];
        int[] driver = new int[1];
        CudaStatus.check(cudart.cudaRuntimeGetVersion(runtime), "cudaRuntimeGetVersion");
        CudaStatus.check(cudart.cudaDriverGetVersion(driver), "cudaDriverGetVersion");
        return new CudaVersions(text(runtime[0]), text(driver[0]), readModule());
    }

    private static String text(int number) {
        return number / MAJOR + "." + number % MAJOR / MINOR;
    }

    private static Optional<String> readModule() {
        try {
            return parseModule(Files.readString(MODULE_FILE));
        } catch (IOException e) {
            // Containers may hide it.
            return Optional.empty();
        }
    }

    static Optional<String> parseModule(String text) {
        Matcher matcher = MODULE.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
