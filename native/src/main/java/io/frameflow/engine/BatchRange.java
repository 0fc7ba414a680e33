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
package io.frameflow.engine;

/**
 * Images that a network takes in one run.
 *
 * @param least fewest images, at least 1
 * @param most most images, {@link Integer#MAX_VALUE} if there is no limit
 */
public record BatchRange(int least, int most) {
    /** Any number of images. */
    public static final BatchRange ANY = new BatchRange(1, Integer.MAX_VALUE);

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if the range is empty or begins below 1
     */
    public BatchRange {
        if (least < 1 || most < least) {
            throw new IllegalArgumentException("batches of " + least + " to " + most);
        }
    }

    /** Exactly this many images. */
    public static BatchRange exactly(int images) {
        return new BatchRange(images, images);
    }
}
