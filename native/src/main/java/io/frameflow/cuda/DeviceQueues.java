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

import java.util.Map;
import java.util.Optional;

/**
 * Hardware queues of a card, onto which CUDA spreads the streams of a process. Streams that share
 * one wait for each other as if they were one stream. CUDA takes 8 unless the environment says
 * otherwise when the process begins; a pipeline alone has more streams than that, those of the JPEG
 * decoder included.
 */
public final class DeviceQueues {
    /** The environment variable that CUDA reads. */
    public static final String VARIABLE = "CUDA_DEVICE_MAX_CONNECTIONS";

    /** As many as a card has. */
    public static final int MOST = 32;

    private DeviceQueues() {}

    /**
     * What to change in the environment of the process.
     *
     * @param environment its variables
     * @return one sentence; absent where all queues are used
     */
    public static Optional<String> advice(Map<String, String> environment) {
        String value = environment.get(VARIABLE);
        if (String.valueOf(MOST).equals(value)) {
            return Optional.empty();
        }
        String now = value == null ? "not set, so that 8 are used" : value;
        return Optional.of(
                "%s is %s: set it to %d in the environment of the process, or streams wait for each other"
                        .formatted(VARIABLE, now, MOST));
    }
}
