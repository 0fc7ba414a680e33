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
package io.frameflow.engine.tensorrt.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.engine.onnx.OnnxFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OnnxOperatorsTest {
    private static ByteBuffer plain() {
        return ByteBuffer.wrap(OnnxFile.reshaping(new int[] {1, 3, 8, 8}, 0, 6, -1));
    }

    @Test
    void namesEachOperatorOnce() {
        assertThat(OnnxOperators.of(plain())).containsExactly("Reshape");
        assertThat(OnnxOperators.of(ByteBuffer.wrap(QuantizedNetwork.sigmoid(8))))
                .containsExactly("DequantizeLinear", "QuantizeLinear", "Reshape", "Sigmoid");
    }

    @Test
    void tellsNetworksThatSayHowTheyAreQuantised() {
        assertThat(OnnxOperators.quantize(plain())).isFalse();
        assertThat(OnnxOperators.quantize(ByteBuffer.wrap(QuantizedNetwork.sigmoid(8)))).isTrue();
    }

    @Test
    void leavesTheBufferAsItWas() {
        ByteBuffer model = plain();
        OnnxOperators.of(model);

        assertThat(model.position()).isZero();
    }

    @Test
    void findsNothingInWhatIsNoNetwork() {
        byte[] html = "<!DOCTYPE html><html></html>".getBytes(StandardCharsets.UTF_8);

        assertThat(OnnxOperators.of(ByteBuffer.wrap(html))).isEmpty();
        assertThat(OnnxOperators.of(ByteBuffer.allocate(0))).isEmpty();
    }

    /** Wherever a file is cut off, that is for the parser to say and no failure here. */
    @Test
    void survivesEveryTruncation() {
        byte[] whole = QuantizedNetwork.sigmoid(8);
        for (int length = 0; length < whole.length; length++) {
            assertThat(OnnxOperators.of(ByteBuffer.wrap(Arrays.copyOf(whole, length))))
                    .isSubsetOf("DequantizeLinear", "QuantizeLinear", "Reshape", "Sigmoid");
        }
    }
}
