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
package io.frameflow.cli.evaluate.detection;

/**
 * An object of the ground truth.
 *
 * @param box where it is
 * @param area size of its segment in pixels, which is less than the box's
 * @param crowd whether it stands for many objects, of which any number may be found
 * @param labelledKeypoints number of points that are labelled
 * @param keypoints its points; none in ground truth without
 */
record TruthObject(
        Box box, double area, boolean crowd, int labelledKeypoints, Keypoints keypoints) {}
