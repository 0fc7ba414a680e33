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
package io.frameflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each case is small enough to be reckoned by hand. */
class EvaluateDetectionCommandTest {
    private static final String SEVENTEEN_POINTS =
            String.join(",", Collections.nCopies(17, "15,15,2"));

    @TempDir private Path folder;

    private CommandResult evaluate(String annotations, String results, String... more)
            throws IOException {
        Path truth =
                Files.writeString(
                        folder.resolve("coco.json"),
                        "{\"images\":[{\"id\":1},{\"id\":2}],\"categories\":[{\"id\":7},{\"id\":8}],"
                                + "\"annotations\":["
                                + annotations
                                + "]}");
        Path found = Files.writeString(folder.resolve("results.json"), "[" + results + "]");
        String[] arguments = {"evaluate", "detection", "--truth=" + truth, "--results=" + found};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return CommandResult.run(all);
    }

    private static String object(int image, int category, String box, double area, int crowd) {
        return """
               {"image_id":%d,"category_id":%d,"bbox":[%s],"area":%s,"iscrowd":%d,\
               "num_keypoints":17,"keypoints":[%s]}\
               """
                .formatted(image, category, box, area, crowd, SEVENTEEN_POINTS);
    }

    private static String result(int image, int category, String box, double score) {
        return "{\"image_id\":%d,\"category_id\":%d,\"bbox\":[%s],\"score\":%s}"
                .formatted(image, category, box, score);
    }

    @Test
    void aPerfectResultHasAHundredPercent() throws IOException {
        CommandResult result =
                evaluate(object(1, 7, "0,0,10,10", 100, 0), result(1, 7, "0,0,10,10", 0.5));

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("\"AP\" : 100.00000", "\"AP75\" : 100.00000", "\"APs\" : 100.00000")
                .contains("\"APm\" : -1.00000", "\"AR1\" : 100.00000", "\"ARl\" : -1.00000");
    }

    @Test
    void aMistakeCountsOnlyWhereItIsBetterThanWhatIsRight() throws IOException {
        String object = object(1, 7, "0,0,10,10", 100, 0);
        String right = result(1, 7, "0,0,10,10", 0.5);

        String before = evaluate(object, right + "," + result(1, 7, "50,50,9,9", 0.9)).out();
        String after = evaluate(object, right + "," + result(1, 7, "50,50,9,9", 0.1)).out();

        assertThat(before).contains("\"AP\" : 50.00000", "\"AR1\" : 0.00000", "\"AR10\" : 100");
        assertThat(after).contains("\"AP\" : 100.00000", "\"AR1\" : 100.00000");
    }

    @Test
    void anOverlapCountsUpToItsThreshold() throws IOException {
        // 8 of 10 columns: 0.8, which passes 0.50 to 0.80, seven of ten thresholds.
        CommandResult result =
                evaluate(object(1, 7, "0,0,10,10", 100, 0), result(1, 7, "0,0,8,10", 0.5));

        assertThat(result.out())
                .contains("\"AP\" : 70.00000", "\"AP50\" : 100.00000", "\"AR100\" : 70.00000");
    }

    @Test
    void halfOfTheObjectsGiveFiftyOneOfAHundredAndOneRecalls() throws IOException {
        CommandResult result =
                evaluate(
                        object(1, 7, "0,0,10,10", 100, 0) + "," + object(2, 7, "0,0,10,10", 100, 0),
                        result(1, 7, "0,0,10,10", 0.5));

        assertThat(result.out()).contains("\"AP\" : 50.49505", "\"AR100\" : 50.00000");
    }

    @Test
    void aCrowdMayBeFoundManyTimesAndNeedNotBe() throws IOException {
        String objects =
                object(1, 7, "0,0,10,10", 100, 0) + "," + object(1, 7, "50,50,100,100", 10000, 1);
        String results =
                result(1, 7, "60,60,10,10", 0.9)
                        + ","
                        + result(1, 7, "80,80,10,10", 0.8)
                        + ","
                        + result(1, 7, "0,0,10,10", 0.7);

        assertThat(evaluate(objects, results).out())
                .contains("\"AP\" : 100.00000", "\"APl\" : -1.00000");
    }

    @Test
    void categoriesCountAlikeAndThoseWithoutObjectsNot() throws IOException {
        String objects = object(1, 7, "0,0,10,10", 100, 0) + "," + object(2, 8, "0,0,9,9", 81, 0);

        assertThat(evaluate(objects, result(1, 7, "0,0,10,10", 0.7)).out())
                .contains("\"AP\" : 50.00000");
        assertThat(
                        evaluate(
                                        object(1, 7, "0,0,10,10", 100, 0),
                                        result(1, 7, "0,0,10,10", 0.7)
                                                + ","
                                                + result(1, 8, "0,0,5,5", 0.9)
                                                + ","
                                                + result(1, 9, "0,0,5,5", 0.9))
                                .out())
                .contains("\"AP\" : 100.00000");
    }

    @Test
    void keypointsAreJudgedByTheirDistance() throws IOException {
        String exact =
                "{\"image_id\":1,\"category_id\":7,\"score\":1,\"keypoints\":[%s]}"
                        .formatted(SEVENTEEN_POINTS);
        String far = exact.replace("15,15,2", "90,90,2");
        String object = object(1, 7, "0,0,40,40", 1600, 0);

        assertThat(evaluate(object, exact, "--type=keypoints").out())
                .contains("\"AP\" : 100.00000", "\"AR75\" : 100.00000", "\"ARl\" : -1.00000")
                .doesNotContain("APs", "AR10");
        assertThat(evaluate(object, far, "--type=keypoints").out())
                .contains("\"AP\" : 0.00000", "\"AR\" : 0.00000");
    }

    @Test
    void aTableIsForPeople() throws IOException {
        CommandResult result =
                evaluate(
                        object(1, 7, "0,0,10,10", 100, 0),
                        result(1, 7, "0,0,10,10", 0.5),
                        "--table");

        assertThat(result.lines()).hasSize(12);
        assertThat(result.lines().get(0)).matches("AP +100\\.000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"image_id\":3,\"category_id\":7,\"score\":1}|[0] has image_id 3, which is not",
                "{\"image_id\":1,\"score\":1}|[0] has no category_id",
                "{\"image_id\":1,\"category_id\":7}|[0] has the score null",
                "{\"image_id\":1,\"category_id\":7,\"score\":1}|[0] has the bbox null",
                "{\"image_id\":1,\"category_id\":7,\"score\":1,\"bbox\":[1,2,3]}|has the bbox [1.0",
                "null|[0] is no result",
                "{\"image_id\"|results.json, line 1",
                "{\"image_id\":\"one\"}|results.json, line 1"
            })
    void saysWhatIsWrongWithTheResults(String results, String message) throws IOException {
        CommandResult result = evaluate(object(1, 7, "0,0,10,10", 100, 0), results);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(message).doesNotContain("internal error");
    }

    @Test
    void saysWhatIsWrongWithTheTruth() throws IOException {
        Path file = Files.writeString(folder.resolve("x.json"), "{\"images\":[]}");

        CommandResult result =
                CommandResult.run("evaluate", "detection", "--truth=" + file, "--results=" + file);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("x.json is no ground truth");
    }
}
