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
package io.frameflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfFloatTest {

    @Test
    void keepsEveryHalf() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            float value = HalfFloat.toFloat((short) bits);
            if (Float.isNaN(value)) {
                assertThat(HalfFloat.toFloat(HalfFloat.of(value))).isNaN();
            } else {
                assertThat(HalfFloat.of(value)).as("%04x", bits).isEqualTo((short) bits);
            }
        }
    }

    /** Halves have 11 significant bits; the values are from IEEE 754-2019, table 3.5. */
    @ParameterizedTest
    @CsvSource({
        "1.0, 0x3c00",
        "-2.0, 0xc000",
        "0.333251953125, 0x3555",
        "65504, 0x7bff",
        "6.103515625e-5, 0x0400", // the least normal
        "5.9604644775390625e-8, 0x0001", // the least of all
        "-0.0, 0x8000",
    })
    void agreesWithTheStandard(float value, String half) {
        short bits = Integer.decode(half).shortValue();

        assertThat(HalfFloat.of(value)).isEqualTo(bits);
        assertThat(HalfFloat.toFloat(bits)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "1.00048828125, 0x3c00", // halfway: the even one below
        "1.00146484375, 0x3c02", // halfway: the even one above
        "1.0004884, 0x3c01", // just above halfway
        "65519.996, 0x7bff",
        "65520, 0x7c00", // to infinity
        "-1e30, 0xfc00",
        "2.9802322387695312e-8, 0x0000", // half of the least
        "2.98023242e-8, 0x0001",
        "6.1005353927612305e-5, 0x0400", // the greatest subnormal and a half: to the least normal
        "1e-30, 0x0000",
    })
    void roundsToTheNearestAndToEven(float value, String half) {
        assertThat(HalfFloat.of(value)).isEqualTo(Integer.decode(half).shortValue());
    }

    @Test
    void keepsInfinitiesAndNotANumber() {
        assertThat(HalfFloat.toFloat(HalfFloat.of(Float.POSITIVE_INFINITY)))
                .isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(HalfFloat.toFloat(HalfFloat.of(Float.NaN))).isNaN();
    }
}
