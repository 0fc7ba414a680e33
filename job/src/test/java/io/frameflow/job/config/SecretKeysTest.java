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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeysTest {

    @Test
    void whatKafkaHoldsToBeSecretIsSecret() {
        List<String> secrets =
                Stream.of(
                                ConsumerConfig.configDef(),
                                ProducerConfig.configDef(),
                                AdminClientConfig.configDef())
                        .flatMap(definition -> definition.configKeys().values().stream())
                        .filter(key -> key.type == ConfigDef.Type.PASSWORD)
                        .map(key -> key.name)
                        .distinct()
                        .toList();

        assertThat(secrets).contains("ssl.key.password", "sasl.jaas.config");
        assertThat(secrets).allMatch(SecretKeys::isSecret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.bootstrap-servers",
                "kafka.properties.security.protocol",
                "kafka.properties.ssl.truststore.location",
                "inference.batch-size"
            })
    void whatHelpsToFindMistakesIsShown(String key) {
        assertThat(SecretKeys.mask(key, "value")).isEqualTo("value");
    }
}
