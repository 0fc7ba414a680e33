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
package io.frameflow.operators.analytics.file;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.operators.analytics.AnalyticsConfiguration;
import io.frameflow.operators.analytics.CameraRules;
import io.frameflow.yaml.Problems;
import io.frameflow.yaml.YamlFiles;
import io.frameflow.yaml.YamlMapping;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads analytics files. Everything that is wrong with a file is told at once, with line, key and
 * what was expected. {@code docs/analytics.md} describes the file.
 */
public final class AnalyticsFileReader {
    /** Longest file that is read; a thousand cameras need about as much. */
    static final int MOST_BYTES = 1 << 20;

    private AnalyticsFileReader() {}

    /**
     * Reads a file.
     *
     * @throws FrameflowException with {@link FailureCode#INVALID_ANALYTICS_FILE} if it cannot be
     *     read or is not valid
     */
    public static AnalyticsConfiguration read(Path file) {
        String text =
                YamlFiles.text(
                        file, MOST_BYTES, "analytics file", FailureCode.INVALID_ANALYTICS_FILE);
        Problems problems = new Problems();
        AnalyticsConfiguration configuration = parse(text, problems);
        if (!problems.isEmpty()) {
            throw new FrameflowException(
                    FailureCode.INVALID_ANALYTICS_FILE,
                    "analytics file " + file + " has " + problems.describe());
        }
        return configuration;
    }

    private static AnalyticsConfiguration parse(String text, Problems problems) {
        YamlMapping root = YamlMapping.read(text, problems);
        if (root == null) {
            return AnalyticsConfiguration.NONE;
        }
        YamlMapping property = root.section("property");
        FrameSize size = FrameSize.read(property, FrameSize.FRACTIONS);
        property.finish();
        if (!root.has("cameras")) {
            root.problem("cameras", "missing; name the cameras and what is asked of them here");
        }
        YamlMapping section = root.section("cameras");
        Map<String, CameraRules> cameras = new LinkedHashMap<>();
        for (String cameraId : section.keys()) {
            cameras.put(cameraId, CameraSection.read(section.section(cameraId), size));
        }
        root.finish();
        return new AnalyticsConfiguration(cameras);
    }
}
