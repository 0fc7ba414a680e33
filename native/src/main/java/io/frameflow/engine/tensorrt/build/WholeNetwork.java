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
package io.frameflow.engine.tensorrt.build;

import io.frameflow.engine.tensorrt.RemovedHead;
import java.nio.file.Path;

/**
 * The network that users have, where the one that is built was made of it: the plan is found by
 * this one.
 *
 * @param file its ONNX file
 * @param sha256 the file's SHA-256 in lower-case hexadecimal
 * @param removed the head that the network lacks which is built
 */
public record WholeNetwork(Path file, String sha256, RemovedHead removed) {}
