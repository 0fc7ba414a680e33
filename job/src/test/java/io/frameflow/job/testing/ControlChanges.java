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
package io.frameflow.job.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.schema.AppliedSettings;
import io.frameflow.schema.Control;
import io.frameflow.schema.FrameDetections;
import java.util.Comparator;
import java.util.List;

/**
 * Changes of settings one after the other, so made that a record tells which of them it was
 * examined with.
 */
public final class ControlChanges {
    /** Cameras that changes are for. */
    public static final List<String> CAMERAS = List.of("north", "east", "south", "west");

    /** Most changes that have values of their own. */
    public static final int MOST = 1_000;

    private static final float STEPS = 2 * MOST;

    private ControlChanges() {}

    /**
     * Even ones set the score threshold for all cameras, odd ones the NMS threshold of a camera. No
     * value is there twice, and all are at most 0.5.
     */
    public static Control.Builder change(int number) {
        Control.Builder message = ControlClient.message("change-" + number);
        float value = (number + 1) / STEPS;
        return number % 2 == 0
                ? message.setScoreThreshold(value)
                : message.setNmsIouThreshold(value).setCameraId(cameraOf(number));
    }

    private static String cameraOf(int number) {
        return CAMERAS.get(number / 2 % CAMERAS.size());
    }

    /** A change of the model. */
    public static Control.Builder model(int number, String modelFile) {
        return ControlClient.message("model-" + number).setModelFile(modelFile);
    }

    /**
     * The youngest of the changes whose outcome, in their order, are the settings of a record: the
     * one after the last for all cameras may be for another camera. -1 if it knows of none.
     */
    public static int changeInForce(FrameDetections record, String camera) {
        AppliedSettings settings = record.getSettings();
        int forAll = numberOf(settings.getScoreThreshold());
        int own = numberOf(settings.getNmsIouThreshold());
        int youngest = -1;
        for (int change = Math.max(forAll, 0); change <= forAll + 1; change++) {
            if (lastFor(camera, change) == own) {
                youngest = change;
            }
        }
        assertThat(youngest >= 0 || (forAll < 0 && own < 0))
                .as("%s are the settings after a change", settings)
                .isTrue();
        assertThat(settings.getControlId())
                .isIn(idOf(Math.max(forAll, own)), "model-" + modelOf(record));
        return youngest;
    }

    /** A value that no change sets is the model file's. */
    private static int numberOf(Float value) {
        int number = value == null ? -1 : Math.round(value * STEPS) - 1;
        return number < MOST ? number : -1;
    }

    /** The last change up to one that was for a camera alone; -1 if there is none. */
    private static int lastFor(String camera, int change) {
        for (int earlier = change; earlier >= 0; earlier--) {
            if (earlier % 2 == 1 && cameraOf(earlier).equals(camera)) {
                return earlier;
            }
        }
        return -1;
    }

    private static String idOf(int change) {
        return change < 0 ? null : "change-" + change;
    }

    /**
     * The number of the model that examined a frame, which its name ends with; -1 where the name
     * has none, as that of the model which the job began with.
     */
    public static int modelOf(FrameDetections record) {
        String digits = record.getModel().getName().replaceFirst("^\\D*", "");
        return digits.isEmpty() ? -1 : Integer.parseInt(digits);
    }

    /** A camera's records in the order of their frames. */
    public static List<FrameDetections> recordsOf(String camera, Outcome outcome) {
        return outcome.detections().stream()
                .filter(record -> record.getCameraId().equals(camera))
                .sorted(Comparator.comparingLong(FrameDetections::getSequence))
                .toList();
    }
}
