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
 * Which engine runs which network, for results and logs.
 *
 * @param engine {@code onnxruntime} or {@code tensorrt}
 * @param version version of the engine's library
 * @param precision {@code fp32}, {@code fp16} or {@code int8}; {@code unknown} for a plan of
 *     another program, which does not say
 * @param networkSha256 SHA-256 of the network's file in lower-case hexadecimal: of the plan, where
 *     the network that it was built from is not known
 */
public record EngineInfo(String engine, String version, String precision, String networkSha256) {}
