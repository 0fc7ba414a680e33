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
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {
    private static final String MODEL = "../deploy/demo/model.yaml";

    @TempDir Path folder;
    private Path picture;

    @BeforeEach
    void writePicture() throws IOException {
        picture = folder.resolve("gray.png");
        BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_3BYTE_BGR);
        ImageIO.write(image, "png", picture.toFile());
    }

    @Test
    void reportsTheRateWithAndWithoutNoiseReduction() throws IOException {
        JsonNode figures = bench("--denoise=0.25");

        JsonNode denoise = figures.path("denoise");
        assertThat(denoise.path("preset").asText()).isEqualTo("default");
        assertThat(denoise.path("strength").asDouble()).isEqualTo(0.25);
        double without = denoise.path("frames_per_second_without").asDouble();
        double with = denoise.path("pipeline").path("frames_per_second").asDouble();
        assertThat(without).isPositive();
        assertThat(denoise.path("part_of_rate_without").asDouble())
                .isCloseTo(with / without, within(0.001));
        assertThat(stageMillis(denoise)).as("noise is reduced").isPositive();
        assertThat(stageMillis(figures)).as("without noise reduction").isZero();
    }

    @Test
    void measuresWithoutNoiseReductionAloneUnlessAskedFor() throws IOException {
        JsonNode figures = bench();

        assertThat(figures.has("pipeline")).isTrue();
        assertThat(figures.has("denoise")).isFalse();
    }

    @Test
    void measuresABatchAndAPictureWithoutOthersToo() throws IOException {
        JsonNode figures = bench();

        JsonNode picture = figures.path("picture_alone");
        double withDecoding = picture.path("latency_ms").path("p50").asDouble();
        double without = picture.path("latency_without_decoding_ms").path("p50").asDouble();
        assertThat(without).isPositive().isLessThan(withDecoding);
        double ofBatch = figures.path("batch_alone").path("latency_ms").path("p50").asDouble();
        assertThat(ofBatch).isGreaterThan(withDecoding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.5", "1.01", "NaN"})
    void refusesStrengthsThatReduceNothingOrAreNone(String strength) {
        CommandResult result =
                CommandResult.run(
                        "bench", "--model=" + MODEL, "--denoise=" + strength, picture.toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--denoise is ", "must be above 0, up to 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--batch=0", "--duration=-1", "--warm-up=-1"})
    void refusesNumbersThatMeanNothing(String option) {
        CommandResult result =
                CommandResult.run("bench", "--model=" + MODEL, option, picture.toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("at least 1, 0 and 0 are needed");
    }

    private static double stageMillis(JsonNode figures) {
        return figures.path("pipeline").path("mean_stage_ms").path("denoise").asDouble();
    }

    private JsonNode bench(String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "bench",
                                "--model=" + MODEL,
                                "--engine=onnxruntime",
                                "--batch=8",
                                "--duration=0.2",
                                "--warm-up=0.05",
                                "--json=-"));
        arguments.addAll(List.of(more));
        arguments.add(picture.toString());
        CommandResult result = CommandResult.run(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return new ObjectMapper().readTree(result.out());
    }
}
