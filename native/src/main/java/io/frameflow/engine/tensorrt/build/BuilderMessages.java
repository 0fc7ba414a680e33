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

import io.frameflow.engine.tensorrt.TensorRtLogger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes progress of what TensorRT's builder logs: its own progress monitor cannot be implemented in
 * Java. The text that tells which layer's kernels are timed is stable since TensorRT 8.
 */
final class BuilderMessages implements AutoCloseable {
    private static final Pattern TIMING = Pattern.compile("Computing costs for (.+)");
    private static final int LONGEST_NAME = 60;

    private final BuildProgress progress;
    private final Consumer<String> listener = this::take;
    private int layers;

    BuilderMessages(BuildProgress progress) {
        this.progress = progress;
        TensorRtLogger.INSTANCE.addListener(listener);
    }

    private void take(String message) {
        Matcher timing = TIMING.matcher(message);
        if (timing.find()) {
            String layer = timing.group(1).strip();
            String shown =
                    layer.length() > LONGEST_NAME
                            ? layer.substring(0, LONGEST_NAME) + "..."
                            : layer;
            progress.step("timing kernels, layer " + next() + ": " + shown);
        }
    }

    private synchronized int next() {
        return ++layers;
    }

    @Override
    public void close() {
        TensorRtLogger.INSTANCE.removeListener(listener);
    }
}
