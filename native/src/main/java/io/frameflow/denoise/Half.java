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
package io.frameflow.denoise;

/**
 * Numbers in IEEE half precision, as the kernels compute with them where pictures in planes are
 * filtered in space. The numbers that occur there are never too large for it.
 */
final class Half {
    /** Bits of a double's fraction that half precision does not have. */
    private static final int SURPLUS_BITS = 42;

    private static final long HALF_OF_LAST = 1L << (SURPLUS_BITS - 1);

    private Half() {}

    /**
     * The nearest one, the even one of two. Those below the range are left with as many bits as
     * others have: there all that occur are multiples of the least, or too small to matter.
     */
    static double round(double value) {
        long bits = Double.doubleToRawLongBits(value);
        long odd = (bits >>> SURPLUS_BITS) & 1;
        long rounded = bits + (HALF_OF_LAST - 1 + odd);
        return Double.longBitsToDouble(rounded & -(1L << SURPLUS_BITS));
    }

    /** {@code a * b + c}, rounded once: of three such numbers a double holds it exactly. */
    static double fma(double a, double b, double c) {
        return round(a * b + c);
    }
}
