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
package io.frameflow.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.operators.testing.FakePipeline;
import io.frameflow.operators.testing.FakeResults;
import io.frameflow.pipeline.SlotResources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.externalresource.ExternalResourceInfoProvider;
import org.apache.flink.runtime.externalresource.StaticExternalResourceInfoProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which cards the operator lets its pipeline use. */
class SlotGpusTest {
    private static final Map<String, String> PROMISED =
            Map.of("external-resources", "fpga;gpu", "external-resource.gpu.amount", "2");

    @Test
    void takesWhatFlinkFoundInOrder() throws Exception {
        assertThat(slot(List.of(), PROMISED, "10", "2").gpus()).contains(List.of(2, 10));
    }

    @Test
    void prefersWhatTheJobSays() throws Exception {
        assertThat(slot(List.of(3), PROMISED, "0", "1").gpus()).contains(List.of(3));
    }

    @Test
    void tellsThatPromisedCardsWereNotFound() throws Exception {
        assertThat(slot(List.of(), PROMISED).gpus()).contains(List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "taskmanager.host, localhost",
        "external-resources, fpga",
        "external-resources, gpu",
        "external-resource.gpu.amount, 1"
    })
    void saysNothingWhereNobodyPromisedCards(String key, String value) throws Exception {
        assertThat(slot(List.of(), Map.of(key, value)).gpus()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GPU-8f6a", "0x1", ""})
    void refusesWhatIsNoNumber(String index) {
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> slot(List.of(), PROMISED, index))
                .havingCause()
                .isInstanceOfSatisfying(
                        FrameflowException.class,
                        e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_SETTINGS))
                .withMessageContaining("'" + index + "'")
                .withMessageContaining("inference.gpu-ids");
    }

    /** Opens the operator in a TaskManager with these cards, and returns what its pipeline got. */
    private static SlotResources slot(
            List<Integer> configured, Map<String, String> settings, String... found)
            throws Exception {
        List<SlotResources> slots = new ArrayList<>();
        Set<ExternalResourceInfo> cards = new LinkedHashSet<>();
        for (String index : found) {
            cards.add(new Card(index));
        }
        ExternalResourceInfoProvider provider =
                new StaticExternalResourceInfoProvider(Map.of("gpu", cards));
        try (OperatorHarness harness =
                new OperatorHarness(
                        slot -> {
                            slots.add(slot);
                            return new FakePipeline(1, 1, FakeResults::examined);
                        },
                        configured,
                        Configuration.fromMap(settings),
                        provider,
                        null)) {
            harness.flink().open();
        }
        return slots.get(0);
    }

    /** What Flink's driver for GPUs gives. */
    private record Card(String number) implements ExternalResourceInfo {
        @Override
        public Optional<String> getProperty(String key) {
            return key.equals("index") ? Optional.of(number) : Optional.empty();
        }

        @Override
        public Collection<String> getKeys() {
            return List.of("index");
        }
    }
}
