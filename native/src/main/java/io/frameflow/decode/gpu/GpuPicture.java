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
package io.frameflow.decode.gpu;

import io.frameflow.cuda.kernel.PictureLayout;

/**
 * A picture that lies, or will lie once the queued work is done, in device memory.
 *
 * @param width width in pixels
 * @param height height in pixels
 * @param layout how its bytes are read
 * @param address device address of the first byte
 * @param pitch bytes from one row to the next, of the first plane
 */
public record GpuPicture(int width, int height, PictureLayout layout, long address, int pitch) {}
