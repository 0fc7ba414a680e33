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
package io.frameflow.operators.inference;

import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FailureKind;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.ImageEncoding;
import io.frameflow.operators.control.ControlRefusal;
import io.frameflow.pipeline.EncodedFrame;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.pipeline.FramePipelineFactory;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.pipeline.SlotResources;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens pipelines beside the one that runs, and closes those that were changed for others, on a
 * thread in the background: both can take seconds, in which frames go on.
 */
final class PipelineOpener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineOpener.class);
    private static final int WARM_UP_SIDE = 64;

    private final FramePipelineFactory factory;
    private final SlotResources slot;
    private final MailboxExecutor mailbox;

    /**
     * Open pipelines that the listener has not got yet: a task that ends may never run its mail.
     */
    private final Set<FramePipeline> undelivered = ConcurrentHashMap.newKeySet();

    private final ExecutorService background =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread thread = new Thread(task, "frameflow-model-change");
                        thread.setDaemon(true);
                        return thread;
                    });

    /** Hears, on the thread of the task, what became of an opening. */
    interface Listener {
        /** It is open and warm; it belongs to the listener now. */
        void opened(FramePipeline pipeline) throws Exception;

        /** It could not be opened. */
        void notOpened(ControlRefusal reason) throws Exception;
    }

    /**
     * An opener for one subtask.
     *
     * @param factory opens pipelines like the one that runs
     * @param slot what may be used here
     * @param mailbox mailbox of the task
     */
    PipelineOpener(FramePipelineFactory factory, SlotResources slot, MailboxExecutor mailbox) {
        this.factory = factory;
        this.slot = slot;
        this.mailbox = mailbox;
    }

    /** Opens the pipeline of a model, and sends a frame through it. */
    void open(String modelFile, Listener listener) {
        ClassLoader classes = Thread.currentThread().getContextClassLoader();
        background.execute(
                () -> {
                    Thread.currentThread().setContextClassLoader(classes);
                    openAndPost(modelFile, listener);
                });
    }

    private void openAndPost(String modelFile, Listener listener) {
        FramePipeline pipeline;
        try {
            pipeline = openWarm(modelFile);
        } catch (RuntimeException e) {
            LOG.warn("The model {} cannot be opened", modelFile, e);
            Throwable cause = e;
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            postFailure(cause, listener);
            return;
        } catch (Error e) {
            postFailure(e, listener);
            return;
        }
        undelivered.add(pipeline);
        try {
            mailbox.execute(() -> deliver(pipeline, listener), "a model is open");
        } catch (RejectedExecutionException e) {
            LOG.debug("The task has ended, the model {} is not needed", modelFile);
        }
    }

    private void deliver(FramePipeline pipeline, Listener listener) throws Exception {
        if (undelivered.remove(pipeline)) {
            listener.opened(pipeline);
        }
    }

    private void postFailure(Throwable failure, Listener listener) {
        try {
            mailbox.execute(() -> report(failure, listener), "a model is not open");
        } catch (RejectedExecutionException e) {
            LOG.debug("The task has ended, a failure to open a model is no matter", failure);
        }
    }

    /** A lost device, and what the Java machine cannot go on with, concern what runs, too. */
    private static void report(Throwable failure, Listener listener) throws Exception {
        if (failure instanceof FrameflowException known
                && known.kind() != FailureKind.DEVICE_LOST) {
            listener.notOpened(
                    new ControlRefusal(known.code(), String.valueOf(known.getMessage())));
        } else if (failure instanceof FrameflowException
                || failure instanceof VirtualMachineError) {
            throw PipelineFailures.translate(failure);
        } else {
            listener.notOpened(
                    new ControlRefusal(FailureCode.INTERNAL_ERROR, String.valueOf(failure)));
        }
    }

    private FramePipeline openWarm(String modelFile) {
        FramePipeline pipeline = factory.withModel(modelFile).open(slot);
        boolean isWarm = false;
        try {
            var unused = pipeline.submit(List.of(warmUpFrame())).join();
            isWarm = true;
            return pipeline;
        } finally {
            if (!isWarm) {
                pipeline.close();
            }
        }
    }

    /** A grey picture of a camera that has no name, which no real one can have. */
    private static EncodedFrame warmUpFrame() {
        return new EncodedFrame(
                "",
                0,
                0,
                ImageEncoding.GRAY8,
                WARM_UP_SIDE,
                WARM_UP_SIDE,
                ByteBuffer.wrap(new byte[WARM_UP_SIDE * WARM_UP_SIDE]),
                new FrameSettings(null, null, DenoiseSettings.OFF, false));
    }

    /** Closes a pipeline that has no batches in flight. */
    void retire(FramePipeline pipeline) {
        background.execute(
                () -> {
                    try {
                        pipeline.close();
                    } catch (RuntimeException | Error e) {
                        postFailureToClose(e);
                    }
                });
    }

    private void postFailureToClose(Throwable failure) {
        try {
            mailbox.execute(
                    () -> {
                        throw PipelineFailures.translate(failure);
                    },
                    "a model is not closed");
        } catch (RejectedExecutionException e) {
            LOG.warn("A pipeline of a task that has ended could not be closed", failure);
        }
    }

    /**
     * Waits until everything is closed that was to be, and nothing is being opened. An interrupt
     * does not end the wait, since memory is freed at its end; it is kept for the caller.
     */
    @Override
    public void close() throws Exception {
        background.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = background.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        List<FramePipeline> left = List.copyOf(undelivered);
        undelivered.clear();
        IOUtils.closeAll(left);
    }
}
