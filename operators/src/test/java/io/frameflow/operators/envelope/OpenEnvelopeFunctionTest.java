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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.frameflow.failure.FailureCode;
import io.frameflow.operators.deadletter.DeadLetterFactory;
import io.frameflow.operators.deadletter.DeadLetters;
import io.frameflow.operators.testing.TestFrames;
import io.frameflow.schema.DeadLetter;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class OpenEnvelopeFunctionTest {

    @Test
    void sendsFramesOnAndTheOthersAside() throws Exception {
        FrameMessage frame = TestFrames.message("gate", 7);
        FrameMessage junk = TestFrames.messageOf("gate", new byte[] {1, 2, 3});
        try (OneInputStreamOperatorTestHarness<FrameMessage, OpenedFrame> harness = harness()) {
            harness.open();
            harness.processElement(frame, 70);
            harness.processElement(junk, 80);

            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .extracting(OpenedFrame::message)
                    .isSameAs(frame);
            StreamRecord<DeadLetter> record = harness.getSideOutput(DeadLetters.TAG).remove();
            assertThat(record.getTimestamp()).isEqualTo(80);
            DeadLetter letter = record.getValue();
            assertThat(letter.getCode()).isEqualTo(FailureCode.NOT_SINGLE_OBJECT.name());
            assertThat(letter.getStage()).isEqualTo("envelope");
            assertThat(letter.getSourceTopic()).isEqualTo(junk.topic());
            assertThat(letter.getSourceOffset()).isEqualTo(junk.offset());
            assertThat(letter.getPayload()).isEqualTo(ByteBuffer.wrap(junk.value()));
        }
    }

    @Test
    void needsALimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpenEnvelopeFunction(0, new DeadLetterFactory(0)))
                .withMessageContaining("maxMessageBytes");
    }

    private static OneInputStreamOperatorTestHarness<FrameMessage, OpenedFrame> harness()
            throws Exception {
        OneInputStreamOperatorTestHarness<FrameMessage, OpenedFrame> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(
                                new OpenEnvelopeFunction(10_000, new DeadLetterFactory(1_000))));
        harness.setup(OpenedFrame.type().createSerializer(new SerializerConfigImpl()));
        return harness;
    }
}
