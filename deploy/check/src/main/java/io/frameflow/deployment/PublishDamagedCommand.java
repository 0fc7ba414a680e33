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
package io.frameflow.deployment;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishes messages that are no frames; each must become a dead letter. */
@Command(
        name = "publish-damaged",
        mixinStandardHelpOptions = true,
        description = "Publishes messages of random bytes to the frames topic.")
final class PublishDamagedCommand implements Callable<Integer> {
    private static final long SEED = 20;
    private static final int SIZE_BYTES = 1000;

    @Mixin private KafkaConnection kafka = new KafkaConnection();

    @Option(
            names = "--count",
            paramLabel = "COUNT",
            required = true,
            description = "How many messages.")
    private int count;

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
        Random random = new Random(SEED);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers,
                                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                                        ByteArraySerializer.class,
                                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                                        ByteArraySerializer.class))) {
            for (int i = 0; i < count; i++) {
                byte[] value = new byte[SIZE_BYTES];
                random.nextBytes(value);
                byte[] key = ("damaged-" + i).getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(kafka.framesTopic, key, value)).get();
            }
        }
        return 0;
    }
}
