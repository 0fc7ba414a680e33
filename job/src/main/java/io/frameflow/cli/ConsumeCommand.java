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
package io.frameflow.cli;

import io.frameflow.cli.kafka.TopicReader;
import io.frameflow.cli.output.JsonLinesPrinter;
import io.frameflow.cli.output.RecordPrinter;
import io.frameflow.cli.output.TablePrinter;
import io.frameflow.cli.process.StopSignal;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.TrackEvent;
import io.frameflow.schema.codec.RecordCodec;
import io.frameflow.schema.codec.RecordDecodingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code frameflow consume}: results as a table or as JSON Lines. */
@Command(
        name = "consume",
        description = {
            "Print the results on a topic: those that are committed, as they come.",
            "Without a consumer group: what is printed here others read too.",
            ""
        })
final class ConsumeCommand implements Callable<Integer> {
    private static final byte[] NO_VALUE = {};

    /** What lies on a topic. */
    enum TopicKind {
        DETECTIONS,
        DEAD_LETTERS,
        EVENTS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How records are printed. */
    enum Format {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--topic-kind",
            paramLabel = "KIND",
            defaultValue = "detections",
            description = "What to read: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private TopicKind kind = TopicKind.DETECTIONS;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Topic to read (default: the name of its kind).")
    private @Nullable String topic;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description =
                    "One of ${COMPLETION-CANDIDATES}; json is one object a line"
                            + " (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TABLE;

    @Option(names = "--max", paramLabel = "N", description = "Stop after this many records.")
    private long max = Long.MAX_VALUE;

    @Option(names = "--from-beginning", description = "Print what is on the topic already, too.")
    private boolean fromBeginning;

    @Option(
            names = "--until-end",
            description =
                    "Stop when all is printed that was on the topic at the start; for use with"
                            + " --from-beginning.")
    private boolean untilEnd;

    @Mixin private final KafkaOptions kafka = new KafkaOptions();

    private long printed;
    private long unreadable;

    @Override
    public Integer call() throws IOException {
        if (max < 1) {
            throw new ParameterException(spec.commandLine(), "--max must be at least 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        switch (kind) {
            case DETECTIONS ->
                    consume(
                            RecordCodec.forFrameDetections()::decode,
                            printer(out, TablePrinter.ofDetections(out)));
            case DEAD_LETTERS ->
                    consume(
                            RecordCodec.forDeadLetter()::decode,
                            printer(out, TablePrinter.ofDeadLetters(out)));
            case EVENTS ->
                    consume(ConsumeCommand.events(), printer(out, TablePrinter.ofEvents(out)));
        }
        if (unreadable > 0) {
            throw new IOException(unreadable + " records could not be read; see above");
        }
        return 0;
    }

    /** Makes a record of the value of a message. */
    private interface Decoder<T> {
        T decode(byte[] value) throws RecordDecodingException;
    }

    /** The topic of events holds track events and acknowledgements of control messages. */
    private static Decoder<SpecificRecord> events() {
        RecordCodec<TrackEvent> tracks = RecordCodec.forTrackEvent();
        RecordCodec<ControlAcknowledgement> control = RecordCodec.forControlAcknowledgement();
        return value -> control.isOfThisKind(value) ? control.decode(value) : tracks.decode(value);
    }

    private <T extends SpecificRecord> RecordPrinter<T> printer(
            PrintWriter out, RecordPrinter<T> table) {
        return format == Format.TABLE ? table : new JsonLinesPrinter<>(out);
    }

    private <T extends SpecificRecord> void consume(Decoder<T> decoder, RecordPrinter<T> printer)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        String name = topic == null ? kind.toString() : topic;
        try (StopSignal stop = StopSignal.install();
                TopicReader reader =
                        TopicReader.open(kafka.connection(), List.of(name), fromBeginning)) {
            printer.begin();
            boolean atEnd = false;
            // Standard output closed by its reader, as head does, is an end like any other.
            while (!atEnd && !stop.isRequested() && !out.checkError()) {
                atEnd = untilEnd && reader.hasReachedInitialEnd();
                for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                    print(record, decoder, printer);
                    if (printed + unreadable >= max) {
                        atEnd = true;
                        break;
                    }
                }
            }
            out.flush();
        }
    }

    private <T extends SpecificRecord> void print(
            ConsumerRecord<byte[], byte[]> record, Decoder<T> decoder, RecordPrinter<T> printer)
            throws IOException {
        T value;
        try {
            value = decoder.decode(record.value() == null ? NO_VALUE : record.value());
        } catch (RecordDecodingException e) {
            unreadable++;
            spec.commandLine()
                    .getErr()
                    .printf(
                            "frameflow: record at %s-%d@%d: %s%n",
                            record.topic(), record.partition(), record.offset(), e.getMessage());
            return;
        }
        printed++;
        printer.print(value);
    }
}
