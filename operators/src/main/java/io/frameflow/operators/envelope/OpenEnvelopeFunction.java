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
package io.frameflow.operators.envelope;

import io.frameflow.operators.deadletter.DeadLetterFactory;
import io.frameflow.operators.deadletter.DeadLetters;
import io.frameflow.operators.metrics.FailureCounters;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Opens the messages of the source: frames go on, the others leave as {@link DeadLetters#TAG}.
 *
 * <p>Chain it with the source. It never fails on what a message holds.
 */
public final class OpenEnvelopeFunction extends ProcessFunction<FrameMessage, OpenedFrame>
        implements ResultTypeQueryable<OpenedFrame> {
    private final int maxMessageBytes;
    private final DeadLetterFactory deadLetters;
    private transient EnvelopeOpener opener;
    private transient FailureCounters failures;

    /**
     * A function.
     *
     * @param maxMessageBytes longest value that is read, in bytes; longer ones are dead letters
     * @param deadLetters makes the dead letters
     */
    public OpenEnvelopeFunction(int maxMessageBytes, DeadLetterFactory deadLetters) {
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException(
                    "maxMessageBytes is " + maxMessageBytes + ", must be 1 or more");
        }
        this.maxMessageBytes = maxMessageBytes;
        this.deadLetters = deadLetters;
    }

    @Override
    public void open(OpenContext context) {
        opener = new EnvelopeOpener(maxMessageBytes);
        failures = new FailureCounters(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(FrameMessage message, Context context, Collector<OpenedFrame> out) {
        EnvelopeOpener.Outcome outcome = opener.open(message);
        if (outcome instanceof EnvelopeOpener.Opened opened) {
            out.collect(opened.frame());
        } else if (outcome instanceof EnvelopeOpener.Refused refused) {
            failures.count(refused.rejection().code());
            context.output(
                    DeadLetters.TAG,
                    deadLetters.create(
                            message, message.value(), refused.identity(), refused.rejection()));
        }
    }

    @Override
    public TypeInformation<OpenedFrame> getProducedType() {
        return OpenedFrame.type();
    }
}
