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
package io.frameflow.operators.control;

import static io.frameflow.operators.control.ControlMessages.change;
import static io.frameflow.operators.control.ControlMessages.control;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frameflow.denoise.DenoisePreset;
import io.frameflow.denoise.DenoiseSettings;
import io.frameflow.failure.FailureCode;
import io.frameflow.pipeline.FrameSettings;
import io.frameflow.schema.Control;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The table, and what it means for frames. */
class SettingsTableTest {
    private static final String CONFIGURED = "/models/first.yaml";

    private final SettingsTable table = new SettingsTable();

    @Test
    void aCamerasOwnSettingsWinFieldByField() {
        apply(control("all").setScoreThreshold(0.2f).setNmsIouThreshold(0.3f));
        apply(control("own").setCameraId("gate").setScoreThreshold(0.6f));

        assertThat(frames().of("gate"))
                .isEqualTo(new FrameControl(thresholds(0.6f, 0.3f), true, "own"));
        assertThat(frames().of("yard"))
                .isEqualTo(new FrameControl(thresholds(0.2f, 0.3f), true, "all"));
    }

    @Test
    void theLastMessageIsTheYoungestOfThoseThatConcernACamera() {
        apply(control("own").setCameraId("gate").setScoreThreshold(0.6f));
        apply(control("all").setNmsIouThreshold(0.3f));
        assertThat(frames().of("gate").controlId()).isEqualTo("all");

        apply(control("model").setModelFile("/models/second.yaml"));
        assertThat(frames().of("gate").controlId()).isEqualTo("model");

        apply(control("other").setCameraId("yard").setScoreThreshold(0.5f));
        assertThat(frames().of("gate").controlId()).isEqualTo("model");
        assertThat(frames().of("yard").controlId()).isEqualTo("other");
    }

    @Test
    void laterChangesKeepWhatTheyDoNotName() {
        apply(control("a").setScoreThreshold(0.2f).setTrackingEnabled(false));
        apply(control("b").setScoreThreshold(0.4f));

        assertThat(frames().of("gate"))
                .isEqualTo(new FrameControl(thresholds(0.4f, null), false, "b"));
    }

    @Test
    void resettingACameraLeavesWhatHoldsForAll() {
        apply(control("all").setScoreThreshold(0.2f));
        apply(control("own").setCameraId("gate").setScoreThreshold(0.6f));
        apply(control("reset").setCameraId("gate").setReset(true));

        assertThat(frames().of("gate").settings()).isEqualTo(thresholds(0.2f, null));
        assertThat(table.cameras()).isEmpty();
    }

    @Test
    void resettingAllForgetsEveryCameraButNotTheModel() {
        apply(control("own").setCameraId("gate").setScoreThreshold(0.6f));
        apply(control("model").setModelFile("/models/second.yaml"));
        apply(control("reset").setReset(true).setNmsIouThreshold(0.3f));

        assertThat(frames().of("gate"))
                .isEqualTo(new FrameControl(thresholds(null, 0.3f), true, "reset"));
        assertThat(table.model())
                .isEqualTo(new ModelChoice("/models/second.yaml", CONFIGURED, "model", 2));
    }

    @Test
    void aModelIsOverWhereTheOptionsNameAnotherThanItReplaced() {
        apply(control("model").setModelFile("/models/second.yaml"));

        assertThat(table.forgetModelUnlessReplacing(CONFIGURED)).isNull();
        assertThat(table.model()).isNotNull();
        assertThat(table.forgetModelUnlessReplacing("/models/third.yaml"))
                .extracting(ModelChoice::file)
                .isEqualTo("/models/second.yaml");
        assertThat(table.model()).isNull();
    }

    @Test
    void noiseReductionIsSwitchedOnWithTheUsualStrengthWhereTheJobHasNone() {
        apply(control("on").setDenoiseEnabled(true));

        assertThat(denoise(DenoiseSettings.OFF))
                .isEqualTo(new DenoiseSettings(DenoisePreset.DEFAULT, 0.5f));
        assertThat(denoise(new DenoiseSettings(DenoisePreset.INDOOR_LOW_LIGHT, 0.75f)))
                .isEqualTo(new DenoiseSettings(DenoisePreset.INDOOR_LOW_LIGHT, 0.75f));
    }

    @Test
    void aStrengthSwitchesOnUnlessItIsSwitchedOff() {
        apply(control("strength").setDenoiseStrength(0.9f));
        assertThat(denoise(DenoiseSettings.OFF).strength()).isEqualTo(0.9f);

        apply(control("off").setDenoiseEnabled(false));
        assertThat(denoise(DenoiseSettings.OFF).isOff()).isTrue();

        apply(control("preset").setDenoisePreset("outdoor_low_light"));
        assertThat(denoise(DenoiseSettings.OFF).isOff()).isTrue();

        apply(control("on").setDenoiseEnabled(true));
        assertThat(denoise(DenoiseSettings.OFF))
                .isEqualTo(new DenoiseSettings(DenoisePreset.OUTDOOR_LOW_LIGHT, 0.9f));
    }

    @Test
    void aPresetAloneSwitchesNothingOn() {
        apply(control("preset").setDenoisePreset("outdoor_low_light"));

        assertThat(denoise(DenoiseSettings.OFF).isOff()).isTrue();
    }

    @Test
    void strengthZeroIsOff() {
        apply(control("zero").setDenoiseStrength(0f));

        assertThat(denoise(new DenoiseSettings(DenoisePreset.DEFAULT, 1)).isOff()).isTrue();
    }

    @Test
    void keepsABoundedNumberOfCameras() {
        for (int camera = 0; camera < SettingsTable.MOST_CAMERAS; camera++) {
            apply(control("c").setCameraId("camera-" + camera).setScoreThreshold(0.5f));
        }
        ControlRefusal refusal =
                table.check(change(control("c").setCameraId("one more").setScoreThreshold(0.5f)));

        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(FailureCode.TOO_MANY_CAMERAS);
        assertThat(table.check(change(control("c").setCameraId("camera-7").setScoreThreshold(1f))))
                .isNull();
        assertThat(table.check(change(control("c").setCameraId("camera-7").setReset(true))))
                .isNull();
        assertThat(table.check(change(control("c").setScoreThreshold(1f)))).isNull();
    }

    @Test
    void comesBackFromItsBytes() throws IOException {
        apply(control("all").setScoreThreshold(0.2f).setDenoiseEnabled(false));
        apply(control("own").setCameraId("Straße 1").setDenoisePreset("indoor_high_light"));
        apply(control("more").setCameraId("yard").setTrackingEnabled(true).setDenoiseStrength(0f));
        apply(control("model").setModelFile("/models/second.yaml"));
        byte[] bytes = bytes(table);

        SettingsTable read =
                SettingsTableFormat.read(new DataInputStream(new ByteArrayInputStream(bytes)));

        assertThat(read.version()).isEqualTo(4);
        assertThat(read.forAll()).isEqualTo(table.forAll());
        assertThat(read.cameras()).isEqualTo(table.cameras());
        assertThat(read.model()).isEqualTo(table.model());
        assertThat(bytes(read)).isEqualTo(bytes);
    }

    @Test
    void refusesBytesOfAnotherFormat() {
        assertThatThrownBy(
                        () ->
                                SettingsTableFormat.read(
                                        new DataInputStream(
                                                new ByteArrayInputStream(new byte[] {9}))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("9");
    }

    @Test
    void aCopyChangesByItself() {
        apply(control("a").setScoreThreshold(0.2f));
        SettingsTable copy = table.copy();
        apply(control("b").setScoreThreshold(0.4f));

        assertThat(copy.version()).isEqualTo(1);
        assertThat(copy.forAll().controlId()).isEqualTo("a");
    }

    private static byte[] bytes(SettingsTable written) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SettingsTableFormat.write(written, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private void apply(Control.Builder message) {
        table.apply(change(message), CONFIGURED);
    }

    private FrameControls frames() {
        FrameControls frames = new FrameControls(DenoiseSettings.OFF);
        frames.update(table);
        return frames;
    }

    private DenoiseSettings denoise(DenoiseSettings general) {
        FrameControls frames = new FrameControls(general);
        frames.update(table);
        return frames.of("gate").settings().denoise();
    }

    private static FrameSettings thresholds(Float score, Float overlap) {
        return new FrameSettings(score, overlap, null, false);
    }
}
