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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.job.config.Settings;
import io.frameflow.job.testing.JobTopics;
import io.frameflow.job.testing.KafkaBroker;
import io.frameflow.job.testing.KafkaBrokerExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaBrokerExtension.class)
class ClusterCheckITCase {

    @Test
    void aClusterWithAllTopicsIsFine(KafkaBroker broker) {
        JobTopics topics = JobTopics.create(broker, 1);

        assertThatCode(() -> ClusterCheck.run(Settings.from(topics.options(broker))))
                .doesNotThrowAnyException();
    }

    @Test
    void allMissingTopicsAreNamedWithTheCommandsThatMakeThem(KafkaBroker broker) {
        JobTopics topics =
                new JobTopics("no-frames", "no-detections", "no-dead-letters", "no-events");

        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(() -> ClusterCheck.run(Settings.from(topics.options(broker))))
                .withMessageContainingAll(
                        "the topic 'no-frames' does not exist on " + broker.bootstrapServers(),
                        "--create --topic no-frames --partitions 8 --config"
                                + " max.message.bytes=16777216",
                        "--create --topic no-detections --partitions 8 --config"
                                + " max.message.bytes=1048576",
                        "--create --topic no-dead-letters --partitions 8 --config"
                                + " max.message.bytes=1048576",
                        "--create --topic no-events")
                .satisfies(
                        failure ->
                                assertThat(failure.code()).isEqualTo(FailureCode.INVALID_SETTINGS));
    }

    @Test
    void theTopicForEventsIsNotNeededWithoutTracking(KafkaBroker broker) {
        JobTopics topics = JobTopics.create(broker, 1);
        Map<String, String> options = topics.options(broker);
        options.put("kafka.topics.events", "no-events");
        options.put("tracking.enabled", "false");

        assertThatCode(() -> ClusterCheck.run(Settings.from(options))).doesNotThrowAnyException();
    }

    @Test
    void deadLettersMustFitIntoTheirTopic(KafkaBroker broker) {
        JobTopics topics = JobTopics.create(broker, 1);
        String small = topics.deadLetters() + "-small";
        broker.createTopics(1, Map.of("max.message.bytes", "1000000"), small);
        Map<String, String> options = topics.options(broker);
        options.put("kafka.topics.dead-letters", small);

        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(() -> ClusterCheck.run(Settings.from(options)))
                .withMessageContainingAll(
                        "the topic '" + small + "' takes messages of 1000000 bytes",
                        "dead letters may have 1048576",
                        "raise its max.message.bytes, or lower dead-letters.max-payload-size");

        options.put("dead-letters.max-payload-size", "512 kb");
        assertThatCode(() -> ClusterCheck.run(Settings.from(options))).doesNotThrowAnyException();
    }

    @Test
    void transactionsMustNotLastLongerThanTheBrokerAllows(KafkaBroker broker) {
        Map<String, String> options = JobTopics.create(broker, 1).options(broker);
        options.put("kafka.sink.delivery-guarantee", "exactly-once");
        options.put("kafka.sink.transactional-id-prefix", "test");
        options.put("kafka.sink.transaction-timeout", "16 min");

        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(() -> ClusterCheck.run(Settings.from(options)))
                .withMessageContainingAll(
                        "the brokers allow transactions of 900000 ms", "is 960000 ms");

        options.put("kafka.sink.transaction-timeout", "15 min");
        assertThatCode(() -> ClusterCheck.run(Settings.from(options))).doesNotThrowAnyException();
    }

    @Test
    void aClusterThatDoesNotAnswerIsNamed(KafkaBroker broker) {
        Map<String, String> options = JobTopics.create(broker, 1).options(broker);
        options.put("kafka.bootstrap-servers", "localhost:1");
        options.put("kafka.properties.default.api.timeout.ms", "1000");
        options.put("kafka.properties.request.timeout.ms", "1000");

        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(() -> ClusterCheck.run(Settings.from(options)))
                .withMessageContainingAll("localhost:1", "Check kafka.bootstrap-servers");
    }

    @Test
    void propertiesThatNoClientTakesAreNamed(KafkaBroker broker) {
        Map<String, String> options = JobTopics.create(broker, 1).options(broker);
        options.put("kafka.properties.security.protocol", "SASL_SSL");
        options.put("kafka.properties.sasl.mechanism", "PLAIN");

        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(() -> ClusterCheck.run(Settings.from(options)))
                .withMessageContaining(
                        "no Kafka client can be made of kafka.bootstrap-servers and"
                                + " kafka.properties");
    }
}
