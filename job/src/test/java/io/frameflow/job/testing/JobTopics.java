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
package io.frameflow.job.testing;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The topics of one test, with names that no other test has.
 *
 * @param frames frames topic
 * @param detections results
 * @param deadLetters dead letters
 * @param events track events, and acknowledgements of control messages
 */
public record JobTopics(String frames, String detections, String deadLetters, String events) {
    private static final AtomicInteger NEXT = new AtomicInteger();

    /** Makes all four. */
    public static JobTopics create(KafkaBroker broker, int partitions) {
        String suffix = "-" + NEXT.incrementAndGet();
        JobTopics topics =
                new JobTopics(
                        "frames" + suffix,
                        "detections" + suffix,
                        "dead-letters" + suffix,
                        "events" + suffix);
        broker.createTopics(
                partitions,
                Map.of("max.message.bytes", "16777216"),
                topics.frames,
                topics.detections,
                topics.deadLetters,
                topics.events);
        return topics;
    }

    /** Makes outputs of their own for another job on the same frames. */
    public JobTopics withOtherOutputs(KafkaBroker broker, int partitions) {
        JobTopics others = create(broker, partitions);
        return new JobTopics(frames, others.detections, others.deadLetters, others.events);
    }

    /** Makes a topic for control messages; gives its name. */
    public String createControl(KafkaBroker broker) {
        String control = "control-of-" + frames;
        broker.createTopics(1, Map.of(), control);
        return control;
    }

    /** The least options of a job on these topics, to be added to. */
    public Map<String, String> options(KafkaBroker broker) {
        Map<String, String> options = new TreeMap<>();
        options.put("kafka.bootstrap-servers", broker.bootstrapServers());
        options.put("kafka.topics.frames", frames);
        options.put("kafka.topics.detections", detections);
        options.put("kafka.topics.dead-letters", deadLetters);
        options.put("kafka.topics.events", events);
        options.put("kafka.source.group-id", "group-of-" + detections);
        options.put("model.file", "none: the test brings its pipeline");
        return options;
    }

    /** Options of a job that reads the frames from the beginning and writes in transactions. */
    public Map<String, String> exactlyOnce(KafkaBroker broker) {
        Map<String, String> options = options(broker);
        options.put("kafka.source.starting-offsets", "earliest");
        options.put("kafka.sink.delivery-guarantee", "exactly-once");
        options.put("kafka.sink.transactional-id-prefix", "test-of-" + detections);
        return options;
    }
}
