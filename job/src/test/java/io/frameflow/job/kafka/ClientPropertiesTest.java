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

import io.frameflow.job.config.KafkaSettings;
import io.frameflow.job.config.Settings;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClientPropertiesTest {

    @Test
    void theConsumerIsBoundInMemoryAndReadsWhatIsCommitted() {
        Properties properties =
                ClientProperties.consumer(
                        settings(
                                "kafka.source.max-poll-records", "7",
                                "kafka.source.fetch-max-bytes", "2 mb"));

        assertThat(properties)
                .containsEntry("bootstrap.servers", "broker:9092")
                .containsEntry("max.poll.records", "7")
                .containsEntry("fetch.max.bytes", "2097152")
                .containsEntry("max.partition.fetch.bytes", "2097152")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("register.consumer.metrics", "false");
    }

    @Test
    void propertiesGoToTheClientsThatKnowThem() {
        KafkaSettings settings =
                settings(
                        "kafka.properties.security.protocol", "SSL",
                        "kafka.properties.linger.ms", "50",
                        "kafka.properties.fetch.max.wait.ms", "100",
                        "kafka.properties.isolation.level", "read_uncommitted",
                        "kafka.properties.plugin.secret", "x");

        assertThat(ClientProperties.consumer(settings))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("fetch.max.wait.ms", "100")
                .containsEntry("isolation.level", "read_uncommitted")
                .containsEntry("plugin.secret", "x")
                .doesNotContainKey("linger.ms");
        assertThat(ClientProperties.producer(settings, 0))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("linger.ms", "50")
                .containsEntry("plugin.secret", "x")
                .doesNotContainKeys("fetch.max.wait.ms", "isolation.level");
        assertThat(ClientProperties.admin(settings))
                .containsEntry("security.protocol", "SSL")
                .doesNotContainKeys("linger.ms", "fetch.max.wait.ms");
    }

    @Test
    void producersNeverLoseAcknowledgedRecords() {
        assertThat(ClientProperties.producer(settings(), 0))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true")
                .doesNotContainKey("transaction.timeout.ms");
        assertThat(
                        ClientProperties.producer(
                                settings(
                                        "kafka.sink.delivery-guarantee", "exactly-once",
                                        "kafka.sink.transactional-id-prefix", "site",
                                        "kafka.sink.transaction-timeout", "9 min"),
                                0))
                .containsEntry("transaction.timeout.ms", "540000");
    }

    /** Kafka's client refuses records that are larger than all of its memory. */
    @Test
    void producersHaveRoomForTheLargestRecord() {
        assertThat(ClientProperties.producer(settings(), 960 << 10))
                .containsEntry("buffer.memory", "33554432");
        assertThat(ClientProperties.producer(settings(), 64 << 20))
                .containsEntry("buffer.memory", Integer.toString(65 << 20));
        assertThat(
                        ClientProperties.producer(
                                settings("kafka.properties.buffer.memory", "99"), 64 << 20))
                .containsEntry("buffer.memory", "99");
    }

    private static KafkaSettings settings(String... keysAndValues) {
        Map<String, String> options = new TreeMap<>();
        options.put("kafka.bootstrap-servers", "broker:9092");
        options.put("model.file", "model.yaml");
        for (int at = 0; at < keysAndValues.length; at += 2) {
            options.put(keysAndValues[at], keysAndValues[at + 1]);
        }
        return Settings.from(options).kafka();
    }
}
