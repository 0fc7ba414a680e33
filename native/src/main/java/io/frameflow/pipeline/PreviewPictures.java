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
package io.frameflow.pipeline;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a frame, for people to look at. Neither buffer's contents are changed by anybody.
 *
 * @param source the frame as it was decoded, as a JPEG; null where the encoded frame is a JPEG,
 *     which can be shown as it is
 * @param examined the picture that the network was given, before it was scaled, as a JPEG; null
 *     where noise was not reduced, so that it is the decoded frame
 */
public record PreviewPictures(@Nullable ByteBuffer source, @Nullable ByteBuffer examined) {}
