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
package io.frameflow.denoise.gpu;

/** Pictures of several cameras in device memory, frame after frame, again and again. */
interface Scenes extends AutoCloseable {
    /** Device address of a camera's picture. */
    long address(int camera, int frame);

    /** Bytes from one row of a picture to the next. */
    int pitch();

    @Override
    void close();
}
