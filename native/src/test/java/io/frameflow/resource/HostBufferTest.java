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
package io.frameflow.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class HostBufferTest {

    @Test
    void givesViewsOfTheSameZeroedMemory() {
        try (HostBuffer buffer = new HostBuffer(40)) {
            FloatBuffer floats = buffer.floats();

            assertThat(floats.capacity()).isEqualTo(10);
            assertThat(floats.isDirect()).isTrue();
            assertThat(floats.order()).isEqualTo(ByteOrder.nativeOrder());
            assertThat(floats.get(9)).isZero();
            floats.put(9, 3);
            assertThat(buffer.floats().get(9)).isEqualTo(3);
        }
    }

    @Test
    void takesNoMemoryAtAll() {
        try (HostBuffer buffer = new HostBuffer(0)) {
            assertThat(buffer.floats().capacity()).isZero();
        }
    }

    @Test
    void refusesUseAfterClosing() {
        HostBuffer buffer = new HostBuffer(4);
        buffer.close();
        buffer.close();

        assertThatThrownBy(buffer::floats).isInstanceOf(IllegalStateException.class);
    }

    /** The collector would give it back too, but not before it has a reason to run. */
    @Test
    void givesMemoryBackOnClosing() {
        int each = 16 << 20;
        long before = directBytes();
        for (int round = 0; round < 32; round++) {
            try (HostBuffer buffer = new HostBuffer(each)) {
                assertThat(buffer.ownedBytes()).isEqualTo(each);
                assertThat(ResourceLedger.openBytes("host buffer")).isEqualTo(each);
            }
        }
        assertThat(directBytes() - before).isLessThan(2L * each);
        assertThat(ResourceLedger.openBytes("host buffer")).isZero();
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
