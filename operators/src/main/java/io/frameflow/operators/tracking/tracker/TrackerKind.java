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
package io.frameflow.operators.tracking.tracker;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The trackers that there are, by name. */
public enum TrackerKind {
    /** Ours, which combines parts of the others; see {@link CombinedOptions}. */
    FRAMEFLOW,
    /** See {@link ByteTrackOptions}. */
    BYTETRACK,
    /** See {@link OcSortOptions}. */
    OCSORT,
    /** See {@link SortOptions}. */
    SORT;

    /** The name, as users write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The tracker of a name, if there is one. */
    public static Optional<TrackerKind> ofLabel(String label) {
        for (TrackerKind kind : values()) {
            if (kind.label().equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /**
     * Options of this tracker.
     *
     * @param given values by the names of options, such as {@code iou_threshold}; what is left out
     *     has its default
     * @throws IllegalArgumentException if one is not an option of this tracker, or out of its
     *     range; the message names it
     */
    public TrackerOptions options(Map<String, ?> given) {
        OptionReader reader = new OptionReader(given);
        TrackerOptions options =
                switch (this) {
                    case FRAMEFLOW -> CombinedOptions.read(reader);
                    case BYTETRACK -> ByteTrackOptions.read(reader);
                    case OCSORT -> OcSortOptions.read(reader);
                    case SORT -> SortOptions.read(reader);
                };
        reader.requireAllRead(label());
        return options;
    }
}
