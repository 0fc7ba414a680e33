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
package io.frameflow.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class YamlEditTest {
    @Test
    void leavesEveryOtherCharacterAsItIs() {
        String text = "# 📷 é\r\na:   'one' # first\r\n\r\nb: {x: [1, 2],\n  y: 3} # last";
        YamlEdit edit = YamlEdit.of(text);

        assertThat(edit.toString()).isEqualTo(text);
        assertThat(edit.replace("b", "5").replace("a", "two").toString())
                .isEqualTo("# 📷 é\r\na:   two # first\r\n\r\nb: 5 # last");
    }

    @Test
    void tellsWhatIsThere() {
        YamlEdit edit = YamlEdit.of("a: 'it''s'\nb: [1]\n");

        assertThat(edit.value("a")).contains("it's");
        assertThat(edit.value("b")).isEmpty();
        assertThat(edit.value("c")).isEmpty();
        assertThat(edit.has("b")).isTrue();
        assertThat(edit.has("c")).isFalse();
    }

    @Test
    void addsLinesBehindTheOneOfAKey() {
        assertThat(YamlEdit.of("a: 1 # one\nb: 2\n").insertAfter("a", "c: 3\n", "c: 3").toString())
                .isEqualTo("a: 1 # one\nc: 3\nb: 2\n");
        assertThat(YamlEdit.of("a: 1 # one").insertAfter("a", "c: 3\n", "c: 3").toString())
                .isEqualTo("a: 1 # one\nc: 3\n");
        assertThat(YamlEdit.of("  a: 1\n  b: 2\n").insertAfter("a", "c:\n  d: 3\n", "").toString())
                .isEqualTo("  a: 1\n  c:\n    d: 3\n  b: 2\n");
    }

    @Test
    void addsKeysWithinBraces() {
        YamlEdit edit = YamlEdit.of("{a: 1, b: 2}").replace("a", "7");

        assertThat(edit.insertAfter("a", "c: 3\n", "c: 3").toString())
                .isEqualTo("{a: 7, c: 3, b: 2}");
    }

    @Test
    void refusesWhatItCannotChange() {
        assertThatThrownBy(() -> YamlEdit.of("- 1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> YamlEdit.of("a: [")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> YamlEdit.of("a: 1").replace("b", "2"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
