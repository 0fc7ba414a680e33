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
package io.frameflow.operators.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewSamplerTest {
    private static final Duration FIFTH = Duration.ofMillis(200);
    private static final long SECOND = 1_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final PreviewSampler sampler = new PreviewSampler(FIFTH, nanos::get);

    @ParameterizedTest
    @CsvSource({"25, 50", "30, 50", "12, 50", "5, 50", "3, 30", "7, 50", "60, 50"})
    void aCameraIsShownEvenlyByItsCaptureTimes(int framesPerSecond, int expected) {
        int shown = 0;
        for (int frame = 0; frame < 10 * framesPerSecond; frame++) {
            long micros = frame * SECOND / framesPerSecond;
            nanos.set(1000 * micros);
            shown += sampler.choose("gate", micros) ? 1 : 0;
        }

        assertThat(shown).isBetween(expected - 1, expected + 1);
    }

    @Test
    void camerasDoNotShareTheirRate() {
        assertThat(sampler.choose("a", 0)).isTrue();
        assertThat(sampler.choose("b", 0)).isTrue();
        assertThat(sampler.choose("a", 40_000)).isFalse();
    }

    @Test
    void aBacklogIsShownAtMostTwiceAsOften() {
        int shown = 0;
        // Ten minutes of frames pass in one second.
        for (int frame = 0; frame < 10 * 60 * 25; frame++) {
            nanos.set(frame * 1_000_000_000L / (10 * 60 * 25));
            shown += sampler.choose("gate", frame * 40_000L) ? 1 : 0;
        }

        assertThat(shown).isBetween(5, 10);
    }

    @Test
    void aClockThatWasSetBackDoesNotEndTheShow() {
        assertThat(sampler.choose("gate", 3600 * SECOND)).isTrue();
        nanos.addAndGet(FIFTH.toNanos());
        assertThat(sampler.choose("gate", 1 * SECOND)).isTrue();
        nanos.addAndGet(FIFTH.toNanos());
        assertThat(sampler.choose("gate", 1 * SECOND + 200_000)).isTrue();
    }

    @Test
    void aSilenceIsNotMadeUpFor() {
        sampler.choose("gate", 0);
        nanos.set(10_000_000_000L);
        assertThat(sampler.choose("gate", 10 * SECOND)).isTrue();
        nanos.addAndGet(120_000_000);
        assertThat(sampler.choose("gate", 10 * SECOND + 120_000)).isFalse();
    }

    @Test
    void anyNumberOfCamerasTakesBoundedMemory() {
        for (int camera = 0; camera <= PreviewSampler.MAX_CAMERAS; camera++) {
            sampler.choose("camera " + camera, 0);
        }

        assertThat(sampler.choose("camera 0", 1)).as("forgotten").isTrue();
        assertThat(sampler.choose("camera " + PreviewSampler.MAX_CAMERAS, 1))
                .as("remembered")
                .isFalse();
    }
}
