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
package io.frameflow.cli.view.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.schema.Control;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ControlRequestTest {

    @Test
    void readsEverySetting() throws Exception {
        Control control =
                parse(
                        """
                        {"camera": "Süd <1>", "score_threshold": 0.5, "nms_iou_threshold": 1,
                         "denoise_enabled": true, "denoise_strength": 0,
                         "denoise_preset": "indoor_low_light"}
                        """);

        assertThat(control.getCameraId()).isEqualTo("Süd <1>");
        assertThat(control.getScoreThreshold()).isEqualTo(0.5f);
        assertThat(control.getNmsIouThreshold()).isEqualTo(1f);
        assertThat(control.getDenoiseEnabled()).isTrue();
        assertThat(control.getDenoiseStrength()).isEqualTo(0f);
        assertThat(control.getDenoisePreset()).isEqualTo("indoor_low_light");
        assertThat(control.getReset()).isFalse();
        assertThat(control.getControlId()).isNotBlank();
        assertThat(control.getIssuedAtUs()).isPositive();
    }

    @Test
    void whatIsNotNamedStaysAsItIs() throws Exception {
        Control control = parse("{\"camera\": null, \"score_threshold\": 0.25}");

        assertThat(control.getCameraId()).isNull();
        assertThat(control.getNmsIouThreshold()).isNull();
        assertThat(control.getDenoiseEnabled()).isNull();
        assertThat(control.getDenoiseStrength()).isNull();
        assertThat(control.getDenoisePreset()).isNull();
        assertThat(control.getModelFile()).isNull();
    }

    @Test
    void everyChangeHasAnIdOfItsOwn() throws Exception {
        String request = "{\"camera\": null, \"score_threshold\": 0.25}";

        assertThat(parse(request).getControlId()).isNotEqualTo(parse(request).getControlId());
    }

    static List<Arguments> nonsense() {
        return List.of(
                Arguments.of("", "no JSON or nothing"),
                Arguments.of("[]", "an array"),
                Arguments.of("null", "null"),
                Arguments.of("{", "half an object"),
                Arguments.of("{\"camera\": null}", "no change"),
                Arguments.of("{\"score_threshold\": 0.5}", "no camera"),
                Arguments.of("{\"camera\": \"\", \"score_threshold\": 0.5}", "an empty name"),
                Arguments.of("{\"camera\": 7, \"score_threshold\": 0.5}", "a number as a name"),
                Arguments.of(
                        "{\"camera\": \"%s\", \"score_threshold\": 0.5}".formatted("ü".repeat(128)),
                        "a name of 256 bytes"),
                Arguments.of("{\"camera\": null, \"score_threshold\": 1.01}", "above 1"),
                Arguments.of("{\"camera\": null, \"score_threshold\": -0.01}", "below 0"),
                Arguments.of("{\"camera\": null, \"score_threshold\": \"0.5\"}", "a text"),
                Arguments.of("{\"camera\": null, \"score_threshold\": null}", "null as a number"),
                Arguments.of("{\"camera\": null, \"score_threshold\": NaN}", "not a number"),
                Arguments.of("{\"camera\": null, \"score_threshold\": 1e400}", "too large"),
                Arguments.of("{\"camera\": null, \"denoise_enabled\": 1}", "a number as a flag"),
                Arguments.of("{\"camera\": null, \"denoise_preset\": \"night\"}", "no preset"),
                Arguments.of("{\"camera\": null, \"model_file\": \"/etc/passwd\"}", "no setting"),
                Arguments.of(
                        "{\"camera\": null, \"score_threshold\": 0.5, \"sharpen\": 1}", "unknown"),
                Arguments.of(
                        "{\"camera\": null, \"score_threshold\": 0.5, \"score_threshold\": 0.6}",
                        "a setting twice"),
                Arguments.of("{\"camera\": null, \"score_threshold\": 0.5} {}", "two objects"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void nonsense(String request, String reason) {
        assertThatThrownBy(() -> parse(request))
                .as(reason)
                .isInstanceOf(ControlRequest.RefusedException.class)
                .hasMessageMatching("(?s).{10,300}");
    }

    private static Control parse(String request) throws ControlRequest.RefusedException {
        return ControlRequest.parse(request.getBytes(StandardCharsets.UTF_8));
    }
}
