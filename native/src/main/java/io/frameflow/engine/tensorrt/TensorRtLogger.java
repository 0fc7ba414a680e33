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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.bytedeco.tensorrt.nvinfer.ILogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what TensorRT logs, on any thread. TensorRT returns no reasons: a call that fails logs an
 * error, which is kept here for the exception that follows.
 *
 * <p>One for the process and never freed, since TensorRT keeps its address.
 */
public final class TensorRtLogger extends ILogger {
    /** The process's logger. */
    public static final TensorRtLogger INSTANCE = new TensorRtLogger();

    private static final Logger LOG = LoggerFactory.getLogger("io.frameflow.tensorrt");

    private final ThreadLocal<@Nullable String> lastOfThread = new ThreadLocal<>();
    private final AtomicReference<@Nullable String> last = new AtomicReference<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    private TensorRtLogger() {}

    /** Called by TensorRT, through which no exception may pass. */
    @Override
    @SuppressWarnings("CatchAndPrintStackTrace")
    public void log(Severity severity, String message) {
        try {
            // Values that come from native code are not the enum's own constants.
            take(severity.intern(), message);
        } catch (Throwable e) {
            LOG.warn("Cannot log what TensorRT said", e);
        }
    }

    private void take(Severity severity, String message) {
        switch (severity) {
            case kINTERNAL_ERROR, kERROR -> {
                lastOfThread.set(message);
                last.set(message);
                // Whoever called fails with this text, or recovers.
                LOG.warn("{}", message);
            }
            case kWARNING -> LOG.warn("{}", message);
            case kINFO -> LOG.debug("{}", message);
            case kVERBOSE -> LOG.trace("{}", message);
        }
        for (Consumer<String> listener : listeners) {
            listener.accept(message);
        }
    }

    /**
     * The last error's text, which is then forgotten: of this thread, or else of any, since
     * TensorRT also works on threads of its own.
     */
    public String takeLastError() {
        String own = lastOfThread.get();
        lastOfThread.remove();
        String any = last.getAndSet(null);
        String message = own == null ? any : own;
        return message == null ? "it gave no reason" : message.strip();
    }

    /** Forgets earlier errors, so that a later one is not mistaken for them. */
    public void forgetErrors() {
        lastOfThread.remove();
        last.set(null);
    }

    /** Tells a listener every message from now on, on TensorRT's threads, until it is removed. */
    public void addListener(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Tells a listener nothing any more. */
    public void removeListener(Consumer<String> listener) {
        listeners.remove(listener);
    }
}
