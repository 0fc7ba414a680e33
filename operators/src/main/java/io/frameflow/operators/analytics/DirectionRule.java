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

/**
 * A direction that objects move in: {@code direction-detection}.
 *
 * @param label its name, unique among the directions of its camera
 * @param from where the arrow begins
 * @param to where it ends; another point
 * @param mode how exactly the movement must follow the direction
 * @param classes classes that it is about
 */
public record DirectionRule(
        String label, Point from, Point to, DirectionMode mode, ClassFilter classes)
        implements Serializable {}
