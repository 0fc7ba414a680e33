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
package io.frameflow.geometry;

/**
 * How a source frame is fitted into the network's input.
 *
 * @param maintainAspectRatio whether both sides are scaled alike and the rest is padded; otherwise
 *     the frame is stretched over the whole input, and the other two have no effect
 * @param symmetricPadding whether the padding is on both sides; otherwise right and below
 * @param scaleUp whether a frame smaller than the input is enlarged
 */
public record Scaling(boolean maintainAspectRatio, boolean symmetricPadding, boolean scaleUp) {
    /** What Ultralytics' models expect: aspect ratio kept, centred, small frames enlarged. */
    public static final Scaling CENTERED = new Scaling(true, true, true);
}
