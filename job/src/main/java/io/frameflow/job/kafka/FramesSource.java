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
package io.frameflow.job.kafka;

import io.frameflow.job.config.KafkaSettings;
import io.frameflow.job.config.StartingOffsets;
import io.frameflow.operators.envelope.FrameMessage;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Makes the source of frames. */
public final class FramesSource {

    private FramesSource() {}

    /** The source that the settings describe. */
    public static KafkaSource<FrameMessage> create(KafkaSettings settings) {
        KafkaSourceBuilder<FrameMessage> builder =
                KafkaSource.<FrameMessage>builder()
                        .setProperties(ClientProperties.consumer(settings))
                        .setBootstrapServers(settings.bootstrapServers())
                        .setTopics(settings.topics().frames())
                        .setGroupId(settings.source().groupId())
                        .setStartingOffsets(start(settings.source().startingOffsets()))
                        .setDeserializer(new FrameMessageDeserializer());
        if (settings.source().bounded()) {
            builder.setBounded(OffsetsInitializer.latest());
        }
        return builder.build();
    }

    @SuppressWarnings("deprecation") // The connector still takes Kafka's deprecated enum.
    private static OffsetsInitializer start(StartingOffsets start) {
        return switch (start) {
            case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> OffsetsInitializer.latest();
        };
    }
}
