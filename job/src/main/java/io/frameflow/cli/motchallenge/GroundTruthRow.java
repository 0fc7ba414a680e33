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
package io.frameflow.cli.motchallenge;

/**
 * One box of ground truth. Frames and coordinates count from 1: the upper left pixel is (1, 1).
 *
 * @param frame number of the frame, from 1
 * @param id number of the object
 * @param left left edge in pixels
 * @param top upper edge in pixels
 * @param width in pixels
 * @param height in pixels
 * @param isConsidered whether it is to be judged; a box that is not may still say what is there
 * @param classId class, from 1, or -1 where the file names none
 */
public record GroundTruthRow(
        int frame,
        long id,
        double left,
        double top,
        double width,
        double height,
        boolean isConsidered,
        int classId) {}
