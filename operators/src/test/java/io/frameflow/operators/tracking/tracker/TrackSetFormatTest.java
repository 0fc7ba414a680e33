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
package io.frameflow.operators.tracking.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.frameflow.operators.tracking.binary.BinaryReader;
import io.frameflow.operators.tracking.binary.BinaryWriter;
import io.frameflow.operators.tracking.binary.MalformedStateException;
import io.frameflow.operators.tracking.tracker.Scene.Box;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrackSetFormatTest {
    private static final TrackerOptions OPTIONS = CombinedOptions.DEFAULTS;

    @Property(tries = 100)
    void aRestoredSetGoesOnAsTheOriginal(@ForAll TrackerKind kind, @ForAll long seed) {
        Random random = new Random(seed);
        TrackerOptions options = kind.options(Map.of());
        Scene original = new Scene(options);
        for (int frame = 0; frame < 30; frame++) {
            original.frame(boxes(random));
        }
        Scene restored = new Scene(options, read(write(original.tracks())), original.time());

        for (int frame = 0; frame < 30; frame++) {
            Box[] boxes = boxes(random);
            assertThat(restored.frame(boxes)).isEqualTo(original.frame(boxes));
            assertThat(restored.events()).isEqualTo(original.events());
            assertThat(write(restored.tracks())).isEqualTo(write(original.tracks()));
        }
    }

    /** Also of a tracker that remembers as many places of each as there can be. */
    @ParameterizedTest
    @EnumSource(TrackerKind.class)
    void fiftyTracksTakeLessThanTwentyKilobytes(TrackerKind kind) {
        Map<String, Integer> most =
                switch (kind) {
                    case FRAMEFLOW, OCSORT -> Map.of("delta_t", Path.LONGEST);
                    case BYTETRACK, SORT -> Map.of();
                };
        Scene scene = new Scene(kind.options(most));
        Box[] boxes = new Box[50];
        for (int i = 0; i < boxes.length; i++) {
            boxes[i] = Box.at(100 * i, 0.9);
        }
        for (int frame = 0; frame < 2 * Path.LONGEST; frame++) {
            scene.frame(boxes);
        }
        assertThat(scene.tracks().count()).isEqualTo(50);

        assertThat(write(scene.tracks())).hasSizeLessThan(20 * 1024);
    }

    @Test
    void bytesThatEndTooEarlyAreRefused() {
        Scene scene = new Scene(OPTIONS);
        scene.frame(Box.at(0, 0.9), Box.at(200, 0.9));
        byte[] bytes = write(scene.tracks());

        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatExceptionOfType(MalformedStateException.class).isThrownBy(() -> read(part));
        }
    }

    @Test
    void aSetOfOneTrackerIsCarriedOnByAnother() {
        Scene before = new Scene(SortOptions.DEFAULTS);
        for (int frame = 0; frame < 10; frame++) {
            before.frame(Box.at(4 * frame, 0.9), Box.at(500, 0.9));
        }

        for (TrackerKind kind : TrackerKind.values()) {
            Scene after =
                    new Scene(kind.options(Map.of()), read(write(before.tracks())), before.time());
            assertThat(after.frame(Box.at(40, 0.9), Box.at(500, 0.9)))
                    .as(kind.label())
                    .containsExactly(1L, 2L);
            assertThat(after.tracks().track(0).estimatedHeight()).isBetween(70.0, 90.0);
        }
    }

    private static Box[] boxes(Random random) {
        Box[] boxes = new Box[random.nextInt(12)];
        for (int i = 0; i < boxes.length; i++) {
            boxes[i] =
                    new Box(
                            random.nextInt(200),
                            random.nextInt(200),
                            random.nextDouble(),
                            random.nextInt(3));
        }
        return boxes;
    }

    private static byte[] write(TrackSet tracks) {
        BinaryWriter writer = new BinaryWriter();
        new TrackSetFormat().write(tracks, writer);
        return writer.toByteArray();
    }

    private static TrackSet read(byte[] bytes) {
        BinaryReader reader = new BinaryReader();
        reader.reset(bytes);
        TrackSet tracks = new TrackSet();
        new TrackSetFormat().read(reader, TrackSetFormat.VERSION, tracks);
        assertThat(reader.remaining()).isZero();
        return tracks;
    }
}
