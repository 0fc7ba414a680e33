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

import io.frameflow.operators.envelope.FrameMessage;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Hands on what the consumer read, with its provenance. It looks at nothing, copies nothing, and
 * therefore never fails: an exception here would stop the job at the same record for ever.
 */
final class FrameMessageDeserializer implements KafkaRecordDeserializationSchema<FrameMessage> {

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<FrameMessage> out) {
        out.collect(
                new FrameMessage(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        record.key(),
                        record.value()));
    }

    @Override
    public TypeInformation<FrameMessage> getProducedType() {
        return FrameMessage.type();
    }
}
