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
package io.frameflow.cli.evaluate.denoise;

import io.frameflow.cli.denoise.Clip;
import io.frameflow.cli.denoise.ClipDenoiser;
import io.frameflow.cli.video.VideoFrame;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.pipeline.FramePipeline;
import io.frameflow.result.Detections;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Adds noise to a clip, reduces it, and compares both with the clip. */
public final class DenoiseEvaluation {
    private static final long SEED = 20_261_121;

    private final Path location;
    private final int mostFrames;
    private final DenoiseSettings settings;
    private final @Nullable FrameDetector detector;

    /**
     * An evaluation of one clip.
     *
     * @param location video, or folder of pictures; taken to be free of noise
     * @param mostFrames frames to look at, from the first; the first one only warms up
     * @param pipeline finds objects, without noise reduction of its own; null for pictures alone
     */
    public DenoiseEvaluation(
            Path location,
            int mostFrames,
            DenoiseSettings settings,
            @Nullable FramePipeline pipeline) {
        this.location = location;
        this.mostFrames = mostFrames;
        this.settings = settings;
        this.detector = pipeline == null ? null : new FrameDetector(pipeline);
    }

    /** What is summed over the frames. */
    private static final class Sums {
        private final PictureQuality noisyQuality = new PictureQuality();
        private final PictureQuality denoisedQuality = new PictureQuality();
        private final GhostMeasure ghosts = new GhostMeasure();
        private final DetectionAgreement noisyAgreement = new DetectionAgreement();
        private final DetectionAgreement denoisedAgreement = new DetectionAgreement();
        private final ClipTracks cleanTracks = new ClipTracks();
        private final ClipTracks noisyTracks = new ClipTracks();
        private final ClipTracks denoisedTracks = new ClipTracks();
        private int frames;
    }

    /**
     * Runs it with one noise; the same noise gives the same figures.
     *
     * @param level of the noise in grey levels
     * @param progress is told each frame's number
     * @return groups of figures: of pictures before and after, of ghosts and, with a pipeline, of
     *     detections and tracks
     * @throws IOException if the clip cannot be read, or has less than two frames
     */
    public Map<String, Object> evaluate(NoiseKind noise, double level, IntConsumer progress)
            throws IOException {
        Sums sums = new Sums();
        Random random = new Random(SEED);
        ClipDenoiser denoiser = new ClipDenoiser(settings);
        try (Clip clip = Clip.open(location)) {
            float[] previous = null;
            VideoFrame clean = clip.next();
            for (int frame = 0; clean != null && frame < mostFrames; frame++) {
                progress.accept(frame);
                VideoFrame noisy = withPixels(clean, noise.addTo(clean.pixels(), level, random));
                VideoFrame denoised = denoiser.next(noisy);
                float[] luma = Planes.luma(clean);
                if (previous != null && previous.length == luma.length) {
                    add(sums, previous, clean, luma, noisy, denoised);
                }
                previous = luma;
                clean = clip.next();
            }
        }
        if (sums.frames == 0) {
            throw new IOException(location + " has less than two pictures of the same size");
        }
        return figures(sums);
    }

    private static VideoFrame withPixels(VideoFrame frame, byte[] pixels) {
        return new VideoFrame(
                frame.layout(), frame.width(), frame.height(), pixels, frame.mediaTimeMicros());
    }

    private void add(
            Sums sums,
            float[] previous,
            VideoFrame clean,
            float[] luma,
            VideoFrame noisy,
            VideoFrame denoised)
            throws IOException {
        int width = clean.width();
        MotionMap motion = new MotionMap(previous, luma, width, clean.height());
        float[] denoisedLuma = Planes.luma(denoised);
        sums.noisyQuality.add(
                clean.pixels(), luma, noisy.pixels(), Planes.luma(noisy), width, motion);
        sums.denoisedQuality.add(
                clean.pixels(), luma, denoised.pixels(), denoisedLuma, width, motion);
        sums.ghosts.add(previous, luma, denoisedLuma, width, motion);
        sums.frames++;
        if (detector != null) {
            Detections expected = detector.detect(clean);
            Detections inNoise = detector.detect(noisy);
            Detections afterwards = detector.detect(denoised);
            sums.noisyAgreement.add(expected, inNoise);
            sums.denoisedAgreement.add(expected, afterwards);
            sums.cleanTracks.add(sums.frames, expected);
            sums.noisyTracks.add(sums.frames, inNoise);
            sums.denoisedTracks.add(sums.frames, afterwards);
        }
    }

    private Map<String, Object> figures(Sums sums) throws IOException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("frames", sums.frames);
        figures.put("noisy", sums.noisyQuality.figures());
        figures.put("denoised", sums.denoisedQuality.figures());
        figures.put(
                "ghost",
                Map.of(
                        "share_of_previous_frame", sums.ghosts.share(),
                        "correlation", sums.ghosts.correlation()));
        if (detector != null) {
            figures.put("detections", detections(sums));
            figures.put("tracks_in_clean_clip", sums.cleanTracks.count());
            figures.put("tracks_noisy", sums.cleanTracks.compare(sums.noisyTracks, sums.frames));
            figures.put(
                    "tracks_denoised", sums.cleanTracks.compare(sums.denoisedTracks, sums.frames));
        }
        return figures;
    }

    private static Map<String, Object> detections(Sums sums) {
        double noisy = sums.noisyAgreement.recall();
        double denoised = sums.denoisedAgreement.recall();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("in_clean_clip", sums.noisyAgreement.expected());
        figures.put("recall_noisy", noisy);
        figures.put("recall_denoised", denoised);
        figures.put("precision_noisy", sums.noisyAgreement.precision());
        figures.put("precision_denoised", sums.denoisedAgreement.precision());
        if (noisy < 100) {
            figures.put("recovered_share", 100 * (denoised - noisy) / (100 - noisy));
        }
        return figures;
    }
}
