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
package io.frameflow.deployment;

import java.util.List;

/**
 * Topics that one run of the job writes to, so that several runs over the same frames can be set
 * side by side.
 *
 * @param run name of the run, the ending of its topics' names
 */
record RunTopics(String run) {

    String detections() {
        return "detections-" + run;
    }

    String deadLetters() {
        return "dead-letters-" + run;
    }

    String events() {
        return "events-" + run;
    }

    List<String> all() {
        return List.of(detections(), deadLetters(), events());
    }
}
