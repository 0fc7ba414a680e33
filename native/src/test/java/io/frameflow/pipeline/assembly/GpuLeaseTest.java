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
package io.frameflow.pipeline.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.pipeline.SlotResources;
import io.frameflow.resource.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class GpuLeaseTest {
    private final List<GpuLease> leases = new ArrayList<>();

    @AfterEach
    void giveBack() {
        leases.forEach(GpuLease::close);
    }

    @Test
    void sharesTheCardsOutEvenly() {
        SlotResources slot = SlotResources.ofGpus(List.of(5, 2, 3, 2));

        assertThat(Stream.generate(() -> take(slot, 8)).limit(7).map(GpuLease::gpu))
                .containsExactly(2, 3, 5, 2, 3, 5, 2);
    }

    @Test
    void takesTheCardThatWasGivenBack() {
        SlotResources slot = SlotResources.ofGpus(List.of(0, 1));
        take(slot, 2);
        GpuLease second = take(slot, 2);
        take(slot, 2);

        second.close();
        second.close();

        assertThat(Stream.generate(() -> take(slot, 2)).limit(3).map(GpuLease::gpu))
                .containsExactly(1, 1, 0);
    }

    @Test
    void sharesOutWhatTheProcessSeesWhereNobodyHasSaidWhich() {
        assertThat(take(SlotResources.unassigned(), 2).gpu()).isZero();
        assertThat(take(SlotResources.unassigned(), 2).gpu()).isEqualTo(1);
    }

    @Test
    void countsJobsWithDifferentCardsTogether() {
        take(SlotResources.ofGpus(List.of(0)), 2);

        assertThat(take(SlotResources.unassigned(), 2).gpu()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failsWhereThereIsNone(boolean promised) {
        SlotResources slot =
                promised ? SlotResources.ofGpus(List.of()) : SlotResources.unassigned();

        assertThatExceptionOfType(FrameflowException.class)
                .isThrownBy(() -> take(slot, promised ? 1 : 0))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.ENGINE_UNAVAILABLE))
                .withMessageContaining(promised ? "discovery script" : "sees no GPU")
                .withMessageContaining("onnxruntime");
    }

    private GpuLease take(SlotResources slot, int visibleGpus) {
        GpuLease lease = GpuLease.take(slot, visibleGpus);
        leases.add(lease);
        return lease;
    }
}
