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

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluateDenoiseCommandTest {
    private static final Path DEMO = Path.of("../deploy/demo");
    private static final String CLIP = DEMO.resolve("clips/crossing.mp4").toString();

    @Test
    void theDemoClipGainsInStillAndMovingParts() throws IOException {
        CommandResult result =
                CommandResult.run(
                        "evaluate",
                        "denoise",
                        "--frames=8",
                        "--sigma=20",
                        "--model=" + DEMO.resolve("model.yaml"),
                        CLIP);

        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode figures = new ObjectMapper().readTree(result.out());
        assertThat(figures.path("preset").asText()).isEqualTo("default");
        JsonNode level = figures.path("gaussian_20");
        assertThat(level.path("frames").asInt()).isEqualTo(7);
        for (String part : new String[] {"psnr_still_db", "psnr_moving_db", "ssim_still"}) {
            assertThat(level.path("denoised").path(part).asDouble())
                    .as(part)
                    .isGreaterThan(level.path("noisy").path(part).asDouble());
        }
        // What 20 grey levels of noise make by their definition, a little less where clipped.
        assertThat(level.path("noisy").path("psnr_still_db").asDouble()).isBetween(22.0, 23.5);
        assertThat(level.path("ghost").path("share_of_previous_frame").asDouble()).isLessThan(0.15);
        JsonNode detections = level.path("detections");
        assertThat(detections.path("in_clean_clip").asInt()).isPositive();
        assertThat(detections.path("recall_denoised").asDouble())
                .isGreaterThanOrEqualTo(detections.path("recall_noisy").asDouble());
        assertThat(level.path("tracks_in_clean_clip").asInt()).isPositive();
        assertThat(level.path("tracks_denoised").path("idf1").asDouble()).isBetween(50.0, 100.0);
    }

    @Test
    void tracksOfTheCleanClipFollowThemselves() throws IOException {
        CommandResult result =
                CommandResult.run(
                        "evaluate",
                        "denoise",
                        "--frames=6",
                        "--sigma=0",
                        "--strength=0",
                        "--model=" + DEMO.resolve("model.yaml"),
                        CLIP);

        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode level = new ObjectMapper().readTree(result.out()).path("gaussian_0");
        for (String which : new String[] {"tracks_noisy", "tracks_denoised"}) {
            JsonNode tracks = level.path(which);
            assertThat(tracks.path("idf1").asDouble()).as(which).isEqualTo(100);
            assertThat(tracks.path("continuity").asDouble()).as(which).isEqualTo(100);
            assertThat(tracks.path("tracks").asInt())
                    .as(which)
                    .isEqualTo(level.path("tracks_in_clean_clip").asInt())
                    .isPositive();
        }
    }

    @Test
    void poissonNoiseAndTables() {
        CommandResult result =
                CommandResult.run(
                        "evaluate",
                        "denoise",
                        "--frames=3",
                        "--noise=poisson",
                        "--sigma=0,12.5",
                        "--table",
                        CLIP);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("poisson_0\n", "poisson_12.5\n", "psnr_still_db")
                .doesNotContain("detections");
    }

    @ParameterizedTest
    @CsvSource({
        "--frames=1, --frames is 1",
        "--sigma=200, --sigma has 200.0",
        "--onnx=x.onnx, --onnx needs --model",
        "--strength=2, --strength is 2.0"
    })
    void refusesWhatItCannotMean(String option, String expected) {
        CommandResult result = CommandResult.run("evaluate", "denoise", option, CLIP);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(expected);
    }
}
