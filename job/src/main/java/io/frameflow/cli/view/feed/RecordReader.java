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
package io.frameflow.cli.view.feed;

import io.frameflow.cli.view.board.LiveBoard;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.DeadLetter;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Preview;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.codec.DecodeProblem;
import io.frameflow.schema.codec.RecordCodec;
import io.frameflow.schema.codec.RecordDecodingException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads records by their topic and brings them to the board. Used by one thread. */
final class RecordReader {
    private static final Logger LOG = LoggerFactory.getLogger(RecordReader.class);

    private final ViewTopics topics;
    private final LiveBoard board;
    private final RecordCodec<FrameDetections> detections = RecordCodec.forFrameDetections();
    private final RecordCodec<Preview> previews = RecordCodec.forPreview();
    private final RecordCodec<TrackEvent> events = RecordCodec.forTrackEvent();
    private final RecordCodec<ControlAcknowledgement> acknowledgements =
            RecordCodec.forControlAcknowledgement();
    private final RecordCodec<DeadLetter> deadLetters = RecordCodec.forDeadLetter();

    RecordReader(ViewTopics topics, LiveBoard board) {
        this.topics = topics;
        this.board = board;
    }

    /** Reads one record; what cannot be read is counted. */
    void read(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        try {
            if (record.topic().equals(topics.detections())) {
                board.add(detections.decode(value), value.length, record.timestamp());
            } else if (record.topic().equals(topics.preview())) {
                board.add(previews.decode(value));
            } else if (record.topic().equals(topics.deadLetters())) {
                board.add(deadLetters.decode(value));
            } else {
                readEvent(value);
            }
        } catch (RecordDecodingException e) {
            LOG.debug("{}@{}: {}", record.topic(), record.offset(), e.getMessage());
            board.addUnreadable();
        }
    }

    /** Two kinds of records share the topic; their fingerprints tell them apart. */
    private void readEvent(byte[] value) throws RecordDecodingException {
        try {
            board.add(events.decode(value));
        } catch (RecordDecodingException e) {
            if (e.problem() != DecodeProblem.OTHER_RECORD) {
                throw e;
            }
            board.add(acknowledgements.decode(value));
        }
    }
}
