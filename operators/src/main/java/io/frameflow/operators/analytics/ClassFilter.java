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
package io.frameflow.operators.analytics;

import java.io.Serializable;
import java.util.Set;

/**
 * Which classes a rule is about.
 *
 * @param classIds their indices; none stand for all classes
 */
public record ClassFilter(Set<Integer> classIds) implements Serializable {

    /** All classes. */
    public static final ClassFilter ALL = new ClassFilter(Set.of());

    /** Copies the set. */
    public ClassFilter {
        classIds = Set.copyOf(classIds);
    }

    /** Whether the rule is about a class. */
    public boolean accepts(int classId) {
        return classIds.isEmpty() || classIds.contains(classId);
    }
}
