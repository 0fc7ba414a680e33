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
package io.frameflow.cli.evaluate.agreement;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mean and greatest of some differences. */
final class Spread {
    private double sum;
    private double greatest;
    private long count;

    void add(double difference) {
        sum += difference;
        greatest = Math.max(greatest, difference);
        count++;
    }

    /** Puts {@code mean<Name>} and {@code max<Name>}; null where there was nothing to compare. */
    void put(Map<String, @Nullable Object> figures, String name) {
        figures.put("mean" + name, count == 0 ? null : sum / count);
        figures.put("max" + name, count == 0 ? null : greatest);
    }
}
