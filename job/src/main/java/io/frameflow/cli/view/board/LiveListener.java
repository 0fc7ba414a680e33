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

import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.FrameDetections;

/** Is told what is new, at once, on the thread that brings it; must not block. */
public interface LiveListener {
    /** A frame is to be looked at. */
    void shown(ShownFrame frame);

    /** A frame was examined, whether it will be looked at or not. */
    void examined(FrameDetections frame);

    /** A control message has had its effect, or none. */
    void acknowledged(ControlAcknowledgement acknowledgement);
}
