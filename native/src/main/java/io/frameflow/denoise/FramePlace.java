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
package io.frameflow.denoise;

/**
 * Where a frame stands among those of its camera.
 *
 * @param cameraId its camera
 * @param sequence number within the camera
 * @param captureTimeMicros when it was taken, in microseconds since 1970-01-01T00:00:00Z
 */
public record FramePlace(String cameraId, long sequence, long captureTimeMicros) {
    private static final long MOST_SEQUENCES_APART = 5;
    private static final long MOST_MICROS_APART = 2_000_000;

    /**
     * Whether this frame can rest on the history that ended with another frame of its camera. It
     * cannot after a restart of the camera, where sequences begin anew, nor after a gap: more than
     * 5 numbers or 2 seconds.
     */
    public boolean continues(FramePlace last) {
        long numbers = sequence - last.sequence;
        long micros = captureTimeMicros - last.captureTimeMicros;
        return numbers >= 1
                && numbers <= MOST_SEQUENCES_APART
                && Math.abs(micros) <= MOST_MICROS_APART;
    }
}
