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

import io.frameflow.cli.denoise.Clip;
import io.frameflow.cli.denoise.ClipDenoiser;
import io.frameflow.cli.denoise.EvenSides;
import io.frameflow.cli.picture.PictureFile;
import io.frameflow.cli.process.StatusLine;
import io.frameflow.cli.video.PictureCompressor;
import io.frameflow.cli.video.VideoFrame;
import io.frameflow.cli.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frameflow denoise}: less noise in a video, or in a folder of pictures. */
@Command(
        name = "denoise",
        description = {
            "Reduce the noise of a video or of a folder of pictures, as the job does.",
            "A video becomes an H.264 video; of a folder, each picture becomes a PNG of the same"
                    + " name, in the order of the names.",
            ""
        })
final class DenoiseCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private DenoiseSettingsOptions denoise;

    @Parameters(index = "0", paramLabel = "IN", description = "Video file, or folder of pictures.")
    @SuppressWarnings("NullAway.Init") // It is required.
    private Path in;

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "Video file (.mp4) or folder; written over if it is there.")
    @SuppressWarnings("NullAway.Init") // It is required.
    private Path out;

    private int frames;
    private long startNanos;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(in) && Files.exists(out) && Files.isSameFile(in, out)) {
            throw new ParameterException(
                    spec.commandLine(), "IN and OUT are the same: what is read would be lost");
        }
        ClipDenoiser denoiser = new ClipDenoiser(denoise.settings());
        StatusLine status = new StatusLine(spec.commandLine().getErr());
        startNanos = System.nanoTime();
        try {
            if (Files.isDirectory(in)) {
                denoisePictures(denoiser, status);
            } else {
                denoiseVideo(denoiser, status);
            }
        } finally {
            status.end();
        }
        spec.commandLine().getErr().println(progress() + " to " + out);
        return 0;
    }

    private void denoiseVideo(ClipDenoiser denoiser, StatusLine status) throws IOException {
        try (Clip clip = Clip.open(in)) {
            VideoFrame frame = clip.next();
            if (frame == null) {
                throw new IOException("there is no picture in " + in);
            }
            int width = EvenSides.even(frame.width());
            int height = EvenSides.even(frame.height());
            try (VideoWriter writer = VideoWriter.create(out, width, height, clip.frameRate())) {
                while (frame != null) {
                    writer.write(EvenSides.crop(denoiser.next(frame)));
                    count(status);
                    frame = clip.next();
                }
                writer.complete();
            }
        }
    }

    private void denoisePictures(ClipDenoiser denoiser, StatusLine status) throws IOException {
        Map<Path, Path> targets = targets(PictureFile.find(in));
        Files.createDirectories(out);
        try (PictureCompressor compressor = PictureCompressor.png()) {
            for (Map.Entry<Path, Path> picture : targets.entrySet()) {
                VideoFrame clean = denoiser.next(Clip.Pictures.read(picture.getValue()));
                Files.write(picture.getKey(), compressor.compress(clean));
                count(status);
            }
        }
    }

    /** The pictures by the files that are made of them. */
    private Map<Path, Path> targets(List<Path> files) throws IOException {
        Map<Path, Path> targets = new LinkedHashMap<>();
        for (Path file : files) {
            Path target = out.resolve(PictureFile.pngName(file));
            Path before = targets.putIfAbsent(target, file);
            if (before != null) {
                throw new IOException(
                        "%s and %s would both be written as %s: put them into folders of their own"
                                .formatted(before, file, target));
            }
        }
        return targets;
    }

    private void count(StatusLine status) {
        frames++;
        status.show(progress());
    }

    private String progress() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return String.format(
                Locale.ROOT,
                "%d pictures, %.1f a second",
                frames,
                frames / Math.max(1e-3, seconds));
    }
}
