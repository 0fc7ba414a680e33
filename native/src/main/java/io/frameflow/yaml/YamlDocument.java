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
package io.frameflow.yaml;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads one YAML 1.2 document into its tree of nodes, which know their lines. Refuses what a
 * settings file has no use for and an attacker has: anchors, which can make a small file an endless
 * one, and deep nesting, which exhausts the stack.
 */
final class YamlDocument {
    private static final int DEEPEST = 10;

    private YamlDocument() {}

    /** The root of the document, or null with a problem reported. */
    static @Nullable Node read(String text, Problems problems) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setSchema(new CoreSchema())
                        .setAllowDuplicateKeys(true)
                        .build();
        try {
            if (!isPlain(text, settings, problems)) {
                return null;
            }
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.add(1, "", "the file is empty");
            }
            return root.orElse(null);
        } catch (MarkedYamlEngineException e) {
            String problem = e.getProblem() == null ? "cannot be read" : e.getProblem();
            problems.add(line(e.getProblemMark()), "", "not YAML: " + problem);
        } catch (YamlEngineException e) {
            problems.add(1, "", "not YAML: " + e.getMessage());
        }
        return null;
    }

    /** Line of a mark, from 1. */
    static int line(Optional<Mark> mark) {
        return mark.map(m -> m.getLine() + 1).orElse(1);
    }

    private static boolean isPlain(String text, LoadSettings settings, Problems problems) {
        int depth = 0;
        int documents = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof DocumentStartEvent) {
                documents++;
            }
            String objection = objection(event, depth, documents);
            if (objection != null) {
                problems.add(line(event.getStartMark()), "", objection);
                return false;
            }
        }
        return true;
    }

    private static @Nullable String objection(Event event, int depth, int documents) {
        if (event instanceof AliasEvent
                || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
            return "anchors (&) and aliases (*) are not allowed; write the value out";
        }
        if (depth > DEEPEST) {
            return "nested more than " + DEEPEST + " deep";
        }
        return documents > 1 ? "a second document starts here; only one is allowed" : null;
    }
}
