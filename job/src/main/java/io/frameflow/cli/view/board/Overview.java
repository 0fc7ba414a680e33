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
package io.frameflow.cli.view.board;

import io.frameflow.schema.DeadLetter;
import java.util.List;

/**
 * All cameras at a glance.
 *
 * @param cameras in the order of their names
 * @param deadLetters dead letters since the start
 * @param latestDeadLetters the last of them, the latest first, without their payloads
 * @param unreadable records since the start that no schema of this version fits
 * @param forgotten cameras that had to leave because there are too many
 * @param problem what keeps records from coming, in words; empty where nothing does
 */
public record Overview(
        List<Camera> cameras,
        long deadLetters,
        List<DeadLetter> latestDeadLetters,
        long unreadable,
        long forgotten,
        String problem) {

    /**
     * One camera.
     *
     * @param id its name
     * @param rate results a second
     * @param objects objects in its latest frame
     * @param silentMillis time since its latest result; -1 where there was none
     * @param pictureId its latest pictures; 0 where there were none
     */
    public record Camera(String id, double rate, int objects, long silentMillis, long pictureId) {}
}
