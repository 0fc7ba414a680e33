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

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of layers as a user gives them, held against those that a network has. */
final class LayerNames {
    private static final int SHOWN = 20;

    private final List<String> wanted;
    private final List<Pattern> patterns;
    private final Set<String> found = new LinkedHashSet<>();
    private final List<String> layers = new ArrayList<>();

    /**
     * Prepares the search.
     *
     * @param wanted names, in which {@code *} stands for anything, also for nothing
     */
    LayerNames(List<String> wanted) {
        this.wanted = wanted;
        this.patterns = wanted.stream().map(LayerNames::pattern).toList();
    }

    private static Pattern pattern(String name) {
        List<String> parts = List.of(name.split("\\*", -1));
        return Pattern.compile(
                parts.stream().map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /** Whether a layer of the network is wanted. */
    boolean take(String layer) {
        layers.add(layer);
        boolean any = false;
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matcher(layer).matches()) {
                found.add(wanted.get(i));
                any = true;
            }
        }
        return any;
    }

    /**
     * Fails if a name was not that of any layer.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_SETTINGS} and names that there are
     */
    void requireAllFound(Path network) {
        List<String> missing = wanted.stream().filter(name -> !found.contains(name)).toList();
        if (missing.isEmpty()) {
            return;
        }
        String some = layers.stream().limit(SHOWN).collect(Collectors.joining(", "));
        throw new FrameflowException(
                FailureCode.INVALID_SETTINGS,
                "no layer of %s is called %s; it has %d layers: %s%s"
                        .formatted(
                                network,
                                String.join(", ", missing),
                                layers.size(),
                                some,
                                layers.size() > SHOWN ? ", ..." : ""));
    }
}
