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
package io.frameflow.engine.tensorrt;

import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.tensorrt.nvinfer.ILogger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes TensorRT's messages to the log, and keeps the last error: TensorRT's calls return false or
 * null and say why only here. One for the process, never freed: TensorRT keeps its address. Called
 * on any thread.
 */
final class TensorRtLogger extends ILogger {
    private static final Logger LOG = LoggerFactory.getLogger("io.frameflow.tensorrt");

    /** The process's logger. */
    static final TensorRtLogger INSTANCE = new TensorRtLogger();

    private final AtomicReference<String> lastError = new AtomicReference<>("");

    private TensorRtLogger() {}

    @Override
    public void log(Severity severity, String message) {
        // Values that come from native code are not the enum's own constants.
        switch (severity.intern()) {
            case kINTERNAL_ERROR, kERROR -> {
                lastError.set(message);
                LOG.error("{}", message);
            }
            case kWARNING -> LOG.warn("{}", message);
            case kINFO -> LOG.debug("{}", message);
            case kVERBOSE -> LOG.trace("{}", message);
        }
    }

    /** The last error's text, which is then forgotten. */
    String takeLastError() {
        String message = lastError.getAndSet("");
        return message.isEmpty() ? "TensorRT gave no reason" : message;
    }
}
