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

/** Converts between IEEE 754 half and single precision, which Java 17 does not. */
public final class HalfFloat {
    private static final int FLOAT_FRACTION_BITS = 23;
    private static final int HALF_FRACTION_BITS = 10;
    private static final int DROPPED_BITS = FLOAT_FRACTION_BITS - HALF_FRACTION_BITS;
    private static final int FLOAT_BIAS = 127;
    private static final int HALF_BIAS = 15;
    private static final int HALF_INFINITY = 0x7c00;
    private static final int HALF_QUIET_NAN = 0x7e00;
    private static final int SIGN_SHIFT = 16;

    private HalfFloat() {}

    /** The half nearest to a float, of two equally near ones the even one. */
    public static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> SIGN_SHIFT & 0x8000;
        if (Float.isNaN(value)) {
            return (short) (sign | HALF_QUIET_NAN);
        }
        float magnitude = Math.abs(value);
        // Halfway between the greatest half and what would be the next.
        if (magnitude >= 65520f) {
            return (short) (sign | HALF_INFINITY);
        }
        int exponent = Math.getExponent(magnitude);
        if (exponent < 1 - HALF_BIAS) {
            // Subnormal halves are multiples of 2^-24; the product is exact.
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24f));
        }
        int rebased =
                Float.floatToRawIntBits(magnitude)
                        - ((FLOAT_BIAS - HALF_BIAS) << FLOAT_FRACTION_BITS);
        int odd = rebased >>> DROPPED_BITS & 1;
        int rounded = (rebased + (1 << (DROPPED_BITS - 1)) - 1 + odd) >>> DROPPED_BITS;
        return (short) (sign | rounded);
    }

    /** The float that equals a half. */
    public static float toFloat(short half) {
        int magnitude = half & 0x7fff;
        int sign = (half & 0x8000) << SIGN_SHIFT;
        if (magnitude < 1 << HALF_FRACTION_BITS) {
            return Math.copySign(magnitude * 0x1p-24f, Float.intBitsToFloat(sign | 1));
        }
        int widened = magnitude << DROPPED_BITS;
        int bias = (FLOAT_BIAS - HALF_BIAS) << FLOAT_FRACTION_BITS;
        // Infinities and NaNs have the greatest exponent in both formats.
        int bits = magnitude >= HALF_INFINITY ? widened + 2 * bias : widened + bias;
        return Float.intBitsToFloat(sign | bits);
    }
}
