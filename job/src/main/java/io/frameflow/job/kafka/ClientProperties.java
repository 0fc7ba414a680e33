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
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The properties of Kafka's clients: the job's, and those that the user passes through.
 *
 * <p>A property that only some kinds of client know goes to those; one that none knows may belong
 * to a plug-in and goes to all.
 */
final class ClientProperties {
    private static final String REGISTER_PRODUCER_METRICS = "register.producer.metrics";
    private static final int MAX_REQUEST_BYTES = 256 * 1024 * 1024 + 1024 * 1024;

    /** Kafka's default. */
    private static final long LEAST_BUFFER_BYTES = 32 << 20;

    private static final long OTHER_RECORDS_BYTES = 1 << 20;
    private static final int ADMIN_TIMEOUT_MILLIS = 20_000;

    private ClientProperties() {}

    /** For the source. */
    static Properties consumer(KafkaSettings settings) {
        Properties properties = new Properties();
        // Each of the client's own metrics would be registered for each subtask: hundreds of them.
        properties.setProperty(KafkaSourceOptions.REGISTER_KAFKA_CONSUMER_METRICS.key(), "false");
        // Frames of a transaction that was aborted were never published.
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // One partition may fill a whole answer: with 1 MiB, Kafka's default, large frames would
        // come a few at a time.
        properties.setProperty(
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                Integer.toString(settings.source().fetchMaxBytes()));
        passThrough(settings, ConsumerConfig.configNames(), properties);
        properties.setProperty(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                Integer.toString(settings.source().maxPollRecords()));
        properties.setProperty(
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                Integer.toString(settings.source().fetchMaxBytes()));
        return properties;
    }

    /** For reading control messages, which is done outside of Flink's source. */
    static Properties control(KafkaSettings settings) {
        Properties properties = new Properties();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Integer.toString(ADMIN_TIMEOUT_MILLIS));
        passThrough(settings, ConsumerConfig.configNames(), properties);
        properties.setProperty(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        // Where messages were deleted before they were read, it goes on with those that are left.
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return properties;
    }

    /**
     * For a sink.
     *
     * @param largestRecord bytes of the largest record that it must take
     */
    static Properties producer(KafkaSettings settings, long largestRecord) {
        Properties properties = new Properties();
        properties.setProperty(REGISTER_PRODUCER_METRICS, "false");
        // The topic's max.message.bytes is the one limit for the size of a record.
        properties.setProperty(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST_BYTES));
        // The client itself refuses a record that is larger than this, however empty it is.
        properties.setProperty(
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                Long.toString(Math.max(LEAST_BUFFER_BYTES, largestRecord + OTHER_RECORDS_BYTES)));
        passThrough(settings, ProducerConfig.configNames(), properties);
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        if (settings.sink().guarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
            properties.setProperty(
                    ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                    Long.toString(settings.sink().transactionTimeout().toMillis()));
        }
        return properties;
    }

    /** For questions about the cluster, which are to be answered soon or not at all. */
    static Properties admin(KafkaSettings settings) {
        Properties properties = new Properties();
        properties.setProperty(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Integer.toString(ADMIN_TIMEOUT_MILLIS));
        properties.setProperty(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Integer.toString(ADMIN_TIMEOUT_MILLIS / 2));
        passThrough(settings, AdminClientConfig.configNames(), properties);
        return properties;
    }

    private static void passThrough(
            KafkaSettings settings, Set<String> known, Properties properties) {
        Set<String> others = new HashSet<>(ConsumerConfig.configNames());
        others.addAll(ProducerConfig.configNames());
        others.addAll(AdminClientConfig.configNames());
        others.removeAll(known);
        settings.properties()
                .forEach(
                        (key, value) -> {
                            if (!others.contains(key)) {
                                properties.setProperty(key, value);
                            }
                        });
        properties.setProperty(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    }
}
