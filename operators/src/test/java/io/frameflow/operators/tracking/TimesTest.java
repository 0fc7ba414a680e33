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

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    @Property
    void differencesAreExactOrTheNearestNumber(@ForAll long a, @ForAll long b) {
        BigInteger exact = BigInteger.valueOf(a).subtract(BigInteger.valueOf(b));

        assertThat(Times.difference(a, b)).isEqualTo(exact.max(LEAST).min(MOST).longValueExact());
    }

    @Test
    void theLatestTimeIsTheEnd() {
        assertThat(Times.later(5, 7)).isEqualTo(12);
        assertThat(Times.later(Long.MAX_VALUE - 7, 7)).isEqualTo(Long.MAX_VALUE);
        assertThat(Times.later(Long.MAX_VALUE - 6, 7)).isEqualTo(Long.MAX_VALUE);
        assertThat(Times.later(Long.MIN_VALUE, 7)).isEqualTo(Long.MIN_VALUE + 7);
    }
}
