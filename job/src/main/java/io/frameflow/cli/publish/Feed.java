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

import java.util.List;

/**
 * A source and the cameras that its pictures are published as: each picture goes out once for each
 * camera.
 *
 * @param input where the pictures come from
 * @param cameraIds at least one
 */
public record Feed(Input input, List<String> cameraIds) {

    /** Copies the list. */
    public Feed {
        cameraIds = List.copyOf(cameraIds);
    }
}
