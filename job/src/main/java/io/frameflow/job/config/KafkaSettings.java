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
package io.frameflow.job.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * Where frames come from and where results go.
 *
 * @param bootstrapServers brokers to ask for the others, as Kafka takes them
 * @param topics the topics
 * @param source how frames are read
 * @param sink how results are written
 * @param properties properties for Kafka's clients, without prefix
 */
public record KafkaSettings(
        String bootstrapServers,
        Topics topics,
        Source source,
        Sink sink,
        Map<String, String> properties) {

    /** Copies the properties. */
    public KafkaSettings {
        properties = Map.copyOf(properties);
    }

    /**
     * The topics, all different.
     *
     * @param frames frames to examine
     * @param detections one result a frame
     * @param deadLetters messages without a result
     * @param events track events, and acknowledgements of control messages
     * @param control changes of settings while the job runs; absent where nothing can be changed
     * @param preview pictures to look at; empty where there are to be none
     */
    public record Topics(
            String frames,
            String detections,
            String deadLetters,
            String events,
            Optional<String> control,
            Optional<String> preview) {}

    /**
     * How frames are read.
     *
     * @param groupId consumer group
     * @param startingOffsets where to start without a checkpoint
     * @param bounded whether to stop at the end that the topic has at the start
     * @param maxPollRecords most messages in a poll
     * @param fetchMaxBytes most bytes in a broker's answer
     */
    public record Source(
            String groupId,
            StartingOffsets startingOffsets,
            boolean bounded,
            int maxPollRecords,
            int fetchMaxBytes) {}

    /**
     * How results are written.
     *
     * @param guarantee what is guaranteed
     * @param transactionalIdPrefix beginning of the transactional ids; present where the guarantee
     *     is exactly-once
     * @param transactionTimeout time after which Kafka aborts a transaction
     */
    public record Sink(
            DeliveryGuarantee guarantee,
            Optional<String> transactionalIdPrefix,
            Duration transactionTimeout) {}

    /** Does not show the properties, some of which are secret. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + ", " + topics + "]";
    }
}
