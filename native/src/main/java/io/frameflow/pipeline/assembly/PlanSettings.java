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
package io.frameflow.pipeline.assembly;

import io.frameflow.engine.Precision;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Which plan TensorRT runs. Names files as the machine sees them where the pipeline is opened.
 *
 * @param precision numbers that it computes with, where the plan is looked for in the cache
 * @param cacheFolder folder of the engine cache; null for that of the user
 * @param plan path of a plan to run instead of looking for one; null to look in the cache
 */
public record PlanSettings(Precision precision, @Nullable String cacheFolder, @Nullable String plan)
        implements Serializable {
    /** Half precision, from the user's cache. */
    public static final PlanSettings DEFAULT = new PlanSettings(Precision.FP16, null, null);
}
