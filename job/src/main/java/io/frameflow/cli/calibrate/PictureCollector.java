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
package io.frameflow.cli.calibrate;

import io.frameflow.cli.kafka.KafkaConnection;
import io.frameflow.cli.kafka.TopicReader;
import io.frameflow.cli.picture.PictureFile;
import io.frameflow.cli.publish.Input;
import io.frameflow.cli.publish.Picture;
import io.frameflow.cli.publish.PictureFormat;
import io.frameflow.cli.publish.PictureSource;
import io.frameflow.image.ImageEncoding;
import io.frameflow.schema.Frame;
import io.frameflow.schema.FrameEncoding;
import io.frameflow.schema.codec.RecordCodec;
import io.frameflow.schema.codec.RecordDecodingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Gathers pictures as files: those of folders stay where they are, pictures of videos and frames of
 * topics are written to a folder. Used by one thread.
 */
public final class PictureCollector implements AutoCloseable {
    /** Next to no loss, and what cameras send is JPEG too. */
    private static final PictureFormat OF_VIDEO = new PictureFormat(null, null, 95);

    private final Path folder;
    private final int every;
    private final int most;
    private final Consumer<String> progress;
    private final FrameFile frameFile = new FrameFile();
    private final List<Path> pictures = new ArrayList<>();
    private long seen;
    private long unreadable;

    /**
     * A collector without pictures.
     *
     * @param folder takes what is no file yet
     * @param every one in this many pictures is taken, at least 1
     * @param most pictures at most
     * @param progress is told what is being done
     */
    public PictureCollector(Path folder, int every, int most, Consumer<String> progress) {
        this.folder = folder;
        this.every = every;
        this.most = most;
        this.progress = progress;
    }

    /** What was taken, in order. */
    public List<Path> pictures() {
        return List.copyOf(pictures);
    }

    /** Messages of topics that held no frame, or a damaged picture. */
    public long unreadable() {
        return unreadable;
    }

    /**
     * Takes pictures of a folder, a file, a video or a stream.
     *
     * @throws IOException if there are none or they cannot be read
     */
    public void addInput(String location) throws IOException {
        Input input = Input.parse(location);
        input.requirePresent();
        if (input.kind() == Input.Kind.PICTURES) {
            for (Path file : PictureFile.find(Path.of(location))) {
                if (isTaken()) {
                    pictures.add(file);
                }
            }
            return;
        }
        try (PictureSource source = input.open(OF_VIDEO)) {
            Picture picture = source.next();
            while (picture != null && !isFull()) {
                if (isTaken()) {
                    write(
                            picture.encoding(),
                            picture.width(),
                            picture.height(),
                            ByteBuffer.wrap(picture.bytes()));
                }
                picture = source.next();
            }
        }
    }

    /**
     * Takes frames that are on a topic now, from its beginning.
     *
     * @throws IOException if it cannot be read
     */
    public void addTopic(KafkaConnection connection, String topic) throws IOException {
        RecordCodec<Frame> codec = RecordCodec.forFrame();
        try (TopicReader reader = TopicReader.open(connection, List.of(topic), true)) {
            boolean atEnd = false;
            while (!atEnd && !isFull()) {
                atEnd = reader.hasReachedInitialEnd();
                for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                    addMessage(record.value(), codec);
                }
            }
        }
    }

    private void addMessage(byte[] value, RecordCodec<Frame> codec) throws IOException {
        Frame frame;
        try {
            frame = codec.decode(value == null ? new byte[0] : value);
        } catch (RecordDecodingException e) {
            unreadable++;
            return;
        }
        if (frame.getEncoding() == FrameEncoding.UNKNOWN) {
            unreadable++;
        } else if (isTaken()) {
            ImageEncoding encoding = ImageEncoding.valueOf(frame.getEncoding().name());
            int width = frame.getWidth();
            int height = frame.getHeight();
            if (frameFile.isReadable(encoding, width, height, frame.getImage())) {
                write(encoding, width, height, frame.getImage());
            } else {
                unreadable++;
            }
        }
    }

    private boolean isFull() {
        return pictures.size() >= most;
    }

    private boolean isTaken() {
        boolean due = seen % every == 0;
        seen++;
        return due && !isFull();
    }

    private void write(ImageEncoding encoding, int width, int height, ByteBuffer image)
            throws IOException {
        Files.createDirectories(folder);
        String name = "%06d".formatted(pictures.size());
        pictures.add(frameFile.write(folder, name, encoding, width, height, image));
        progress.accept("gathering pictures, " + pictures.size());
    }

    @Override
    public void close() {
        frameFile.close();
    }
}
