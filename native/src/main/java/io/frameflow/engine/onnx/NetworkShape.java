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
package io.frameflow.engine.onnx;

import io.frameflow.engine.NetworkSignature;
import java.util.Set;

/**
 * What goes in and what comes out, as callers see it and as ONNX Runtime does.
 *
 * @param signature as callers see it: the batch is the first dimension of every tensor
 * @param merged names of the outputs for which the network has no batch dimension but puts the
 *     images one behind another in the first one: {@code [batch * 5875, 14]} for {@code [batch,
 *     5875, 14]}
 */
record NetworkShape(NetworkSignature signature, Set<String> merged) {
    NetworkShape {
        merged = Set.copyOf(merged);
    }
}
