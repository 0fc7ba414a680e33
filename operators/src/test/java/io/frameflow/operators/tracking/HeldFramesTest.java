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
package io.frameflow.operators.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.frameflow.operators.tracking.binary.BinaryReader;
import io.frameflow.operators.tracking.binary.BinaryWriter;
import org.junit.jupiter.api.Test;

class HeldFramesTest {
    private final HeldFrames held = new HeldFrames();

    @Test
    void framesLeaveByTheirSequence() {
        held.add(7, 100, 1);
        held.add(3, 300, 1);
        held.add(5, 200, 1);

        assertThat(held.count()).isEqualTo(3);
        assertThat(held.first()).isEqualTo(3);
        assertThat(held.last()).isEqualTo(7);
        assertThat(held.contains(5)).isTrue();
        assertThat(held.contains(6)).isFalse();
        assertThat(held.earliestTimestamp()).isEqualTo(100);

        held.removeFirst();
        held.removeFirst();
        assertThat(held.first()).isEqualTo(7);
        held.removeFirst();
        assertThat(held.isEmpty()).isTrue();
    }

    @Test
    void roomIsBoundedInNumberAndWeight() {
        assertThat(held.hasRoomFor(HeldFrames.MOST_WEIGHT)).isTrue();
        assertThat(held.hasRoomFor(HeldFrames.MOST_WEIGHT + 1)).isFalse();
        assertThat(held.hasRoomFor(Integer.MAX_VALUE)).isFalse();
        held.add(0, 0, HeldFrames.MOST_WEIGHT / 2);
        assertThat(held.hasRoomFor(HeldFrames.MOST_WEIGHT / 2)).isTrue();
        assertThat(held.hasRoomFor(HeldFrames.MOST_WEIGHT / 2 + 1)).isFalse();
        for (int i = 1; i < HeldFrames.MOST_FRAMES; i++) {
            held.add(i, 0, 0);
        }
        assertThat(held.hasRoomFor(0)).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> held.add(1000, 0, 0));
    }

    @Test
    void noFrameWaitsTwice() {
        held.add(4, 0, 0);

        assertThatIllegalStateException().isThrownBy(() -> held.add(4, 1, 0));
    }

    @Test
    void nothingLeavesWhereNothingWaits() {
        assertThatIllegalStateException().isThrownBy(held::first);
        assertThatIllegalStateException().isThrownBy(held::last);
        assertThatIllegalStateException().isThrownBy(held::removeFirst);
        assertThatIllegalStateException().isThrownBy(held::earliestTimestamp);
    }

    @Test
    void itIsReadAsItWasWritten() {
        held.add(Long.MAX_VALUE, Long.MIN_VALUE, 5);
        held.add(-3, 7, HeldFrames.MOST_WEIGHT - 5);
        BinaryWriter writer = new BinaryWriter();
        held.write(writer);
        BinaryReader reader = new BinaryReader();
        reader.reset(writer.toByteArray());
        HeldFrames copy = new HeldFrames();
        copy.add(1, 1, 1);

        copy.read(reader);

        assertThat(reader.remaining()).isZero();
        assertThat(copy.count()).isEqualTo(2);
        assertThat(copy.first()).isEqualTo(-3);
        assertThat(copy.last()).isEqualTo(Long.MAX_VALUE);
        assertThat(copy.earliestTimestamp()).isEqualTo(Long.MIN_VALUE);
        assertThat(copy.hasRoomFor(1)).isFalse();
    }
}
