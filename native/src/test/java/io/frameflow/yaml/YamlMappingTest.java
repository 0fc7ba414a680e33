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

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class YamlMappingTest {
    private final Problems problems = new Problems();

    @Test
    void keysAreInTheOrderOfTheFileAndStayUnknown() {
        YamlMapping root = read("b: 1\na: 2\n");

        assertThat(root.keys()).containsExactly("b", "a");
        root.finish();

        assertThat(problems.all()).hasSize(2);
    }

    @Test
    void sectionsAreOneMappingOrAListOfThem() {
        YamlMapping root = read("one:\n  a: 1\nmany:\n- a: 2\n- a: 3\n");

        assertThat(numbers(root.sections("one"))).containsExactly(1);
        assertThat(numbers(root.sections("many"))).containsExactly(2, 3);
        assertThat(root.sections("none")).isEmpty();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void aSectionOfAListIsNamedByItsPlace() {
        YamlMapping root = read("many:\n- a: 2\n- b: 3\n- 4\n");

        root.sections("many").forEach(section -> section.get("a", YamlType.integer(0, 9), 0));
        root.sections("many").forEach(YamlMapping::finish);

        assertThat(problems.describe())
                .contains("line 3: many[1].b: unknown key")
                .contains("line 4: many[2]: expected keys with values");
    }

    @Test
    void scalarTextIsWhatStandsInTheFile() {
        YamlMapping root = read("a: 007\nb: \"0;2\"\nc: true\nd:\ne: [1]\n");
        YamlType<String> type = YamlType.scalarText("numbers");

        assertThat(root.find("a", type)).isEqualTo("007");
        assertThat(root.find("b", type)).isEqualTo("0;2");
        assertThat(root.find("c", type)).isEqualTo("true");
        assertThat(root.find("d", type)).isNull();
        assertThat(root.find("e", type)).isNull();
        assertThat(problems.describe())
                .contains("line 4: d: expected numbers, found nothing")
                .contains("line 5: e: expected numbers, found a list of 1");
    }

    private YamlMapping read(String text) {
        return Objects.requireNonNull(YamlMapping.read(text, problems));
    }

    private static List<Integer> numbers(List<YamlMapping> sections) {
        return sections.stream()
                .map(section -> section.get("a", YamlType.integer(0, 9), -1))
                .toList();
    }
}
