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
package io.frameflow.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClassMapTest {
    @Test
    void isRunsOfClassAndLength() {
        ClassMap map = ClassMap.of(3, 2, new byte[] {7, 7, 7, 7, (byte) 255, 0});

        assertThat(map.toRunLengthCode()).containsExactly(7, 4, 255, 1, 0, 1);
        assertThat(map.classIds()).containsExactly(7, 7, 7, 7, 255, 0);
        assertThat(map.pixelCounts()[7]).isEqualTo(4);
        assertThat(map.pixelCounts()[255]).isEqualTo(1);
        assertThat(Arrays.stream(map.pixelCounts()).sum()).isEqualTo(6);
    }

    @Test
    void writesLongRunsInSevenBits() {
        ClassMap map = ClassMap.of(300, 1, new byte[300]);

        assertThat(map.toRunLengthCode()).containsExactly(0, (300 & 127) | 128, 300 >> 7);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 7, 2", "31, 33, 3", "128, 1, 1", "640, 480, 20", "64, 64, 256"})
    void comesBackFromItsCode(int width, int height, int classes) {
        byte[] classIds = new byte[width * height];
        Random random = new Random(width);
        for (int i = 0; i < classIds.length; i++) {
            boolean same = i > 0 && random.nextInt(10) > 0;
            classIds[i] = same ? classIds[i - 1] : (byte) random.nextInt(classes);
        }
        ClassMap map = ClassMap.of(width, height, classIds);

        ClassMap read = ClassMap.ofRunLengthCode(width, height, map.toRunLengthCode());

        assertThat(read.classIds()).isEqualTo(classIds);
    }

    @ParameterizedTest
    @MethodSource("wrongCodes")
    void refusesOtherCode(String reason, byte[] code) {
        assertThatIllegalArgumentException()
                .as(reason)
                .isThrownBy(() -> ClassMap.ofRunLengthCode(3, 2, code));
    }

    static List<Arguments> wrongCodes() {
        byte more = (byte) 255;
        return List.of(
                arguments("nothing", new byte[0]),
                arguments("a pixel too few", new byte[] {0, 5}),
                arguments("a pixel too many", new byte[] {0, 7}),
                arguments("a run too many", new byte[] {0, 6, 1, 1}),
                arguments("an empty run", new byte[] {0, 0, 1, 6}),
                arguments("a run without a length", new byte[] {0, 6, 1}),
                arguments("a length that does not end", new byte[] {0, more}),
                arguments("more than any", new byte[] {0, more, more, more, more, more, 15}));
    }

    @Test
    void refusesAnotherNumberOfPixels() {
        assertThatIllegalArgumentException().isThrownBy(() -> ClassMap.of(3, 2, new byte[5]));
        assertThatIllegalArgumentException().isThrownBy(() -> ClassMap.of(0, 2, new byte[0]));
    }
}
