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
package io.frameflow.cli.evaluate.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tracks of other programs, and what TrackEval says of them. */
class PeerFiguresTest {
    /**
     * Where the data lies. Asked for by each test, not before all of them: a class that is left out
     * as a whole is reported as having no tests, rather than as skipped with a reason.
     */
    private static Path folder() {
        String reference = System.getenv("FRAMEFLOW_REFERENCE_DATA");
        assumeTrue(
                reference != null && !reference.isBlank(),
                "no reference data: FRAMEFLOW_REFERENCE_DATA is " + reference);
        Path folder = Path.of(reference, "tracking");
        assumeTrue(Files.isDirectory(folder), "no reference data: there is no folder " + folder);
        return folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort", "bytetrack", "ocsort"})
    void areThoseOfTrackEval(String tracker) throws IOException {
        Path sequence = folder().resolve("TUD-Campus");

        TrackingReport report =
                new TrackingEvaluation(0.5, null)
                        .evaluate(
                                SequenceFiles.find(
                                        sequence, sequence.resolve("peers/" + tracker + ".txt")));

        Map<String, Double> expected = expected("/percent/TUD-Campus/" + tracker + "/");
        assertThat(expected).hasSizeGreaterThan(10);
        expected.forEach(
                (name, value) ->
                        assertThat(report.figures().get(name))
                                .as(name)
                                .isNotNull()
                                .satisfies(
                                        figure ->
                                                assertThat(figure.doubleValue())
                                                        .isCloseTo(value, within(0.01))));
    }

    /** The numbers of a file of JSON under a path, such as /a/b/. */
    private static Map<String, Double> expected(String prefix) throws IOException {
        Map<String, Double> numbers = new LinkedHashMap<>();
        try (JsonParser parser =
                new JsonFactory().createParser(folder().resolve("peers.json").toFile())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String path = parser.getParsingContext().pathAsPointer().toString();
                if (token.isNumeric() && path.startsWith(prefix)) {
                    numbers.put(path.substring(prefix.length()), parser.getDoubleValue());
                }
            }
        }
        return numbers;
    }
}
