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
package io.frameflow.job.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.job.config.Settings;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.ControlOutcome;
import io.frameflow.schema.codec.RecordCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What tests of jobs that listen to control messages have in common. */
public final class ControlledJob {
    /** How long to wait for what a job is to write. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Partitions of the topics, and subtasks of the operators. */
    public static final int PARALLELISM = 2;

    private ControlledJob() {}

    /**
     * Settings of a job that reads everything, and writes in transactions.
     *
     * @param control topic of the control messages
     * @param additions further options, and others instead of these
     */
    public static Settings settings(
            KafkaBroker broker, JobTopics topics, String control, Map<String, String> additions) {
        Map<String, String> options = topics.exactlyOnce(broker);
        options.put("kafka.topics.control", control);
        options.put("checkpoints.interval", "300 ms");
        // The last frames wait that long for a bad one before them: nothing moves event time on.
        options.put("tracking.idle-timeout", "3 s");
        options.putAll(additions);
        return Settings.from(options);
    }

    /** Waits until so many acknowledgements are committed. */
    public static void awaitAcknowledgements(KafkaBroker broker, JobTopics topics, int count) {
        RecordCodec<ControlAcknowledgement> codec = RecordCodec.forControlAcknowledgement();
        broker.read(
                List.of(topics.events()),
                records ->
                        records.stream().filter(r -> codec.isOfThisKind(r.value())).count()
                                >= count,
                PATIENCE);
    }

    /** Every frame has one record, and every message one acknowledgement: that it was applied. */
    public static void assertAllOnce(Outcome outcome, int frames, int messages) {
        assertThat(outcome.recordsByFrame()).hasSize(frames);
        assertThat(outcome.recordsByFrame().values()).containsOnly(1);
        assertThat(outcome.acknowledgements())
                .hasSize(messages)
                .allSatisfy(ControlledJob::assertApplied)
                .extracting(ControlAcknowledgement::getControlId)
                .doesNotHaveDuplicates();
    }

    /** A message was applied, by all subtasks. */
    public static void assertApplied(ControlAcknowledgement acknowledgement) {
        assertThat(acknowledgement.getOutcome())
                .as(acknowledgement.getMessage())
                .isEqualTo(ControlOutcome.APPLIED);
        assertThat(acknowledgement.getSubtasks()).isEqualTo(PARALLELISM);
    }
}
