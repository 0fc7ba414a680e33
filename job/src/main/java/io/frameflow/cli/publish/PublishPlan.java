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
package io.frameflow.cli.publish;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be published and how.
 *
 * @param feeds the sources with their cameras
 * @param format how pictures are encoded
 * @param pace how fast
 * @param loop whether a source begins anew at its end
 * @param maxFrames most frames for a camera
 * @param session session of all frames
 * @param firstSequence sequence of the first frame of each camera
 * @param captureStart capture time of the first frame, the others following by the times of the
 *     source or the pace; null for the time at which each frame is read
 */
public record PublishPlan(
        List<Feed> feeds,
        PictureFormat format,
        Pace pace,
        boolean loop,
        long maxFrames,
        String session,
        long firstSequence,
        @Nullable Instant captureStart) {

    /** Copies the list. */
    public PublishPlan {
        feeds = List.copyOf(feeds);
    }
}
