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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.job.config.Settings;
import io.frameflow.job.testing.KafkaBroker;
import io.frameflow.job.testing.KafkaBrokerExtension;
import io.frameflow.operators.control.ControlFeed;
import io.frameflow.operators.control.ControlMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaBrokerExtension.class)
class KafkaControlFeedITCase {
    private static final String TOPIC = "control-feed";
    private static final long FIRST_TIME = 1_790_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Four messages, numbered, a second apart. */
    @BeforeAll
    static void fill(KafkaBroker broker) throws Exception {
        broker.createTopics(1, Map.of(), TOPIC);
        try (KafkaProducer<byte[], byte[]> producer = broker.producer()) {
            for (int i = 0; i < 4; i++) {
                producer.send(
                                new ProducerRecord<>(
                                        TOPIC,
                                        0,
                                        FIRST_TIME + 1_000L * i,
                                        null,
                                        Integer.toString(i).getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }
    }

    @Test
    void aJobWithoutAPastReadsWhatWasSentSinceItBegan(KafkaBroker broker) {
        assertThat(read(broker, Map.of(), FIRST_TIME + 1_500, 2)).containsExactly("2", "3");
    }

    @Test
    void aJobGoesOnWhereItWas(KafkaBroker broker) {
        assertThat(read(broker, Map.of(0, 1L), 0, 3)).containsExactly("1", "2", "3");
    }

    @Test
    void aTopicThatWasMadeAnewIsReadFromItsBeginning(KafkaBroker broker) {
        assertThat(read(broker, Map.of(0, 5L), 0, 4)).containsExactly("0", "1", "2", "3");
    }

    @Test
    void waitsForWhatIsStillToCome(KafkaBroker broker) {
        try (ControlFeed.Reader reader = feed(broker, TOPIC).open(Map.of(0, 4L), 0)) {
            assertThat(reader.positions()).isEqualTo(Map.of(0, 4L));
            assertThat(reader.poll(Duration.ofMillis(100))).isEmpty();
            reader.wakeUp();
            assertThat(reader.poll(PATIENCE)).as("it was woken up").isEmpty();
        }
    }

    @Test
    void saysThatThereIsNoSuchTopic(KafkaBroker broker) {
        assertThatThrownBy(() -> feed(broker, "no-control").open(Map.of(), 0))
                .hasMessageContaining("no-control");
    }

    private static List<String> read(
            KafkaBroker broker, Map<Integer, Long> positions, long since, int count) {
        List<String> found = new ArrayList<>();
        try (ControlFeed.Reader reader = feed(broker, TOPIC).open(positions, since)) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (found.size() < count && System.nanoTime() < deadline) {
                for (ControlMessage message : reader.poll(Duration.ofMillis(100))) {
                    found.add(new String(message.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return found;
    }

    private static ControlFeed feed(KafkaBroker broker, String topic) {
        Settings settings =
                Settings.from(
                        Map.of(
                                "kafka.bootstrap-servers",
                                broker.bootstrapServers(),
                                "kafka.topics.control",
                                topic,
                                "model.file",
                                "none"));
        return new KafkaControlFeed(settings.kafka(), topic);
    }
}
