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
package io.frameflow.cli.view.feed;

import java.util.List;

/**
 * The topics of a job that the live window reads and writes.
 *
 * @param preview pictures
 * @param detections results
 * @param events track events, and acknowledgements of changes
 * @param deadLetters messages without a result
 * @param control takes changes
 */
public record ViewTopics(
        String preview, String detections, String events, String deadLetters, String control) {

    /** The names that everybody has who names nothing otherwise. */
    public static final ViewTopics DEFAULT =
            new ViewTopics("preview", "detections", "events", "dead-letters", "control");

    /** The topics that are read. */
    List<String> read() {
        return List.of(preview, detections, events, deadLetters);
    }
}
