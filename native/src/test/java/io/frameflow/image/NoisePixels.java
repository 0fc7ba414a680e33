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
package io.frameflow.image;

/**
 * Bytes without pattern, the same everywhere; {@code src/test/python/generate_opencv_golden.py}
 * makes the same ones.
 */
public final class NoisePixels {
    private NoisePixels() {}

    /** The first bytes of the sequence. */
    public static byte[] of(int count) {
        byte[] bytes = new byte[count];
        for (int index = 0; index < count; index++) {
            int hash = (int) ((index + 1) * 2654435761L);
            hash = (hash ^ hash >>> 15) * (int) 2246822519L;
            bytes[index] = (byte) (hash >>> 24);
        }
        return bytes;
    }
}
