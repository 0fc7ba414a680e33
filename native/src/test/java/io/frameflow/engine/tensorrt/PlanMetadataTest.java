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
package io.frameflow.engine.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frameflow.engine.Precision;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanMetadataTest {
    private static final PlanKey CALIBRATED =
            new PlanKey(
                    Plans.NETWORK,
                    "10.6.0.26",
                    "NVIDIA H200",
                    "9.0",
                    Precision.INT8,
                    new BatchProfile(1, 4, 16),
                    3,
                    5L << 30,
                    new PlanVariant(
                                    Optional.of("cd".repeat(32)),
                                    List.of("/model.24/*"),
                                    Optional.of(new AppendedNms(0.25, 0.45, 300, false)))
                            .without(
                                    new RemovedHead(
                                            List.of(List.of(10.0, 13.0), List.of(30.5, 61.0)))));

    @TempDir private Path folder;
    private Path plan;
    private PlanMetadata metadata;

    @BeforeEach
    void write() throws IOException {
        plan = folder.resolve("a.b.plan");
        metadata = Plans.metadata(CALIBRATED, new byte[] {1}, Plans.TIME);
        Files.writeString(folder.resolve("a.b.json"), metadata.json());
    }

    @Test
    void isReadAsItWasWritten() {
        assertThat(PlanMetadata.of(plan)).contains(metadata);
    }

    @Test
    void isJsonForEverybody() throws IOException {
        JsonNode json = new ObjectMapper().readTree(metadata.json());

        assertThat(json.at("/key/precision").asText()).isEqualTo("int8");
        assertThat(json.at("/key/workspace_bytes").asLong()).isEqualTo(5L << 30);
        assertThat(json.at("/built_at").asText()).isEqualTo("2026-11-02T10:11:12.500Z");
        JsonNode odd = json.get("golden_frame").get("odd \"name\" \\ \n");
        assertThat(odd.get(0).isNull()).as("not a number").isTrue();
        assertThat(odd.get(1).floatValue()).isZero();
    }

    @Test
    void isNotNeeded() {
        assertThat(PlanMetadata.of(folder.resolve("other.plan"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"format\": 1}",
                "{\"format\": 1, \"key\": 7}",
            })
    void saysThatAFileIsDamaged(String text) throws IOException {
        Files.writeString(folder.resolve("a.b.json"), text);

        assertDamaged();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"format\": 1', '\"format\": 2'",
        "int8, int7",
        "'\"batch_least\": 1', '\"batch_least\": 5'",
        "'\"batch_least\": 1', '\"batch_least\": true'",
        "2026-11-02T, 2026-13-02T",
        "'\"plan_sha256\": \"', '\"plan_sha256\": 5, \"x\": \"'",
    })
    void saysWhichValueIsWrong(String right, String wrong) throws IOException {
        String text = metadata.json().replace(right, wrong);
        assertThat(text).isNotEqualTo(metadata.json());
        Files.writeString(folder.resolve("a.b.json"), text);

        assertDamaged();
    }

    private void assertDamaged() {
        assertThatThrownBy(() -> PlanMetadata.of(plan))
                .hasMessageContainingAll("a.b.json", "build the plan again")
                .extracting(e -> ((FrameflowException) e).code())
                .isEqualTo(FailureCode.INVALID_PLAN);
    }

    @Test
    void everyPartOfTheKeyCounts() {
        String digest = Plans.key(Precision.FP16, 32).digest();

        assertThat(Plans.key(Precision.FP16, 32).digest()).isEqualTo(digest).hasSize(64);
        assertThat(Plans.key(Precision.FP32, 32).digest()).isNotEqualTo(digest);
        assertThat(Plans.key(Precision.FP16, 31).digest()).isNotEqualTo(digest);
        assertThat(Plans.key("10.6.0.27", "NVIDIA H200", Precision.FP16, 32, 2).digest())
                .isNotEqualTo(digest);
        assertThat(Plans.key("10.6.0.26", "NVIDIA L4", Precision.FP16, 32, 2).digest())
                .isNotEqualTo(digest);
        assertThat(Plans.key("10.6.0.26", "NVIDIA H200", Precision.FP16, 32, 3).digest())
                .isNotEqualTo(digest);
        assertThat(CALIBRATED.parts())
                .hasSize(
                        CALIBRATED.getClass().getRecordComponents().length
                                + PlanVariant.class.getRecordComponents().length
                                + 1);
    }

    /** By sha256sum over the same text: plans that users have must be found. */
    @Test
    void keysWithoutCalibrationStayAsTheyWere() {
        assertThat(Plans.key(Precision.FP16, 32).digest())
                .isEqualTo("24e64c4e02b71d8e3c8ebcdbb10110596a38d5c734583ade6ef968b28c4d5334");
        assertThat(Plans.key(Precision.FP32, 32).digest())
                .isEqualTo("739418b80d3ff3636610961b9f321ac737ba970e4d3813005a4b695dbffccbb5");
        assertThat(Plans.key(Precision.INT8, 32).parts()).doesNotContainKey("builder_rules");
    }

    @Test
    void aCalibratedPlanNamesTheRulesThatItWasBuiltBy() throws IOException {
        assertThat(CALIBRATED.parts()).containsEntry("builder_rules", PlanVariant.RULES);
        assertThat(CALIBRATED.variant().otherRules()).isEmpty();

        Files.writeString(
                folder.resolve("a.b.json"),
                metadata.json().replaceFirst("\"builder_rules\": \\d+,", ""));
        PlanKey older = PlanMetadata.of(plan).orElseThrow().key();

        assertThat(older).isNotEqualTo(CALIBRATED);
        assertThat(older.digest()).isNotEqualTo(CALIBRATED.digest());
        assertThat(older.variant().otherRules()).hasValue(0);
    }
}
