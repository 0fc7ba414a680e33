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
package io.frameflow.operators.tracking.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BinaryWriterTest {
    private final BinaryWriter writer = new BinaryWriter();
    private final BinaryReader reader = new BinaryReader();

    @Property(tries = 300)
    void whatWasWrittenIsRead(
            @ForAll long number,
            @ForAll double real,
            @ForAll float small,
            @ForAll String text,
            @ForAll byte single) {
        writer.clear();
        writer.writeVarLong(number);
        writer.writeLong(number);
        writer.writeDouble(real);
        writer.writeFloat(small);
        writer.writeString("x" + text.replaceAll("[\\ud800-\\udfff]", ""));
        writer.writeByte(single);

        reader.reset(writer.toByteArray());

        assertThat(reader.readVarLong()).isEqualTo(number);
        assertThat(reader.readLong()).isEqualTo(number);
        assertThat(reader.readDouble()).isEqualTo(real);
        assertThat(reader.readFloat()).isEqualTo(small);
        assertThat(reader.readString()).isEqualTo("x" + text.replaceAll("[\\ud800-\\udfff]", ""));
        assertThat(reader.readByte()).isEqualTo(single & 0xFF);
        assertThat(reader.remaining()).isZero();
    }

    @Test
    void theBufferGrows() {
        for (int i = 0; i < 10_000; i++) {
            writer.writeLong(i);
        }

        reader.reset(writer.toByteArray());

        for (int i = 0; i < 10_000; i++) {
            assertThat(reader.readLong()).isEqualTo(i);
        }
    }

    @Test
    void smallNumbersTakeOneByte() {
        writer.writeVarLong(0);
        writer.writeVarLong(127);

        assertThat(writer.toByteArray()).containsExactly(0, 127);
    }

    @Test
    void damagedBytesAreRefused() {
        assertRefused(new byte[0], BinaryReader::readByte);
        assertRefused(new byte[3], BinaryReader::readFloat);
        assertRefused(new byte[7], BinaryReader::readLong);
        assertRefused(new byte[] {-1, -1}, BinaryReader::readVarLong);
        assertRefused(
                new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}, BinaryReader::readVarLong);
        assertRefused(new byte[] {5, 'a', 'b'}, BinaryReader::readString);
        assertRefused(new byte[] {9}, from -> from.readVarInt(8));
    }

    private void assertRefused(byte[] bytes, java.util.function.Consumer<BinaryReader> read) {
        reader.reset(bytes);
        assertThatExceptionOfType(MalformedStateException.class)
                .isThrownBy(() -> read.accept(reader));
    }
}
