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
package io.frameflow.cli.demo;

import io.frameflow.cli.publish.Feed;
import io.frameflow.cli.publish.Input;
import io.frameflow.cli.publish.Pace;
import io.frameflow.cli.publish.PictureFormat;
import io.frameflow.cli.publish.PublishPlan;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is demonstrated.
 *
 * @param modelFile the model
 * @param clips the clip that each camera shows, by camera id, in their order
 * @param maxFrames most frames of a camera
 * @param pace how fast each camera sends at most
 * @param waitsForResults whether a camera sends a frame only when the one before it has its result
 * @param output folder for what is left behind
 */
public record DemoPlan(
        Path modelFile,
        Map<String, Path> clips,
        long maxFrames,
        Pace pace,
        boolean waitsForResults,
        Path output) {
    private static final int JPEG_QUALITY = 90;

    /**
     * Gives each camera one of the clips in a folder, the largest first, and the same one again
     * when there are more cameras than clips.
     *
     * @throws IOException if there are no clips
     */
    public static Map<String, Path> clipsOf(Path folder, int cameras) throws IOException {
        List<Path> files = mp4Files(folder);
        Map<String, Path> clips = new LinkedHashMap<>();
        for (int camera = 0; camera < cameras; camera++) {
            Path file = files.get(camera % files.size());
            String name = file.getFileName().toString().replaceFirst("\\.mp4$", "");
            int round = camera / files.size();
            clips.put(round == 0 ? name : name + "-" + (round + 1), file);
        }
        return clips;
    }

    /** A new window for a run of this plan. */
    ResultWindow window() {
        return waitsForResults ? new ResultWindow(1) : ResultWindow.unlimited();
    }

    /**
     * Publishes each clip once. Frames carry the times of their clip, whenever they are published:
     * so the same clip gives the same tracks on any machine.
     */
    PublishPlan once(Instant start) {
        return publication(false, maxFrames, start, start);
    }

    /** Publishes the clips again and again. Frames carry the time at which they are published. */
    PublishPlan forEver(Instant start) {
        return publication(true, Long.MAX_VALUE, start, null);
    }

    private PublishPlan publication(
            boolean loop, long frames, Instant session, @Nullable Instant captureStart) {
        List<Feed> feeds =
                clips.entrySet().stream()
                        .map(
                                clip ->
                                        new Feed(
                                                Input.parse(clip.getValue().toString()),
                                                List.of(clip.getKey())))
                        .toList();
        return new PublishPlan(
                feeds,
                new PictureFormat(null, null, JPEG_QUALITY),
                pace,
                loop,
                frames,
                session.toString(),
                0,
                captureStart);
    }

    private static List<Path> mp4Files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new FileNotFoundException("there is no folder with clips " + folder);
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files =
                    entries.filter(file -> file.toString().endsWith(".mp4"))
                            .sorted(Comparator.comparing(DemoPlan::size).reversed())
                            .toList();
            if (files.isEmpty()) {
                throw new FileNotFoundException("there are no clips in " + folder);
            }
            return files;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
