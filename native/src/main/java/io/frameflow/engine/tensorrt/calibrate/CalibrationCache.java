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
package io.frameflow.engine.tensorrt.calibrate;

import io.frameflow.engine.tensorrt.Sha256;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.file.DurableFile;
import io.frameflow.model.InputSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Scales of tensors in TensorRT's own text format: a line {@code TRT-100600-EntropyCalibration2},
 * then one a tensor with the bits of its scale. TensorRT would calibrate again, silently, where the
 * line does not fit; here that is an error.
 *
 * <p>What it was made from lies beside the file, as a {@link CalibrationRecord}.
 */
public final class CalibrationCache {
    private static final Pattern HEADER = Pattern.compile("TRT-(\\d+)-(\\w+)");

    private final String text;
    private final CalibrationAlgorithm algorithm;

    private CalibrationCache(String text, CalibrationAlgorithm algorithm) {
        this.text = text;
        this.algorithm = algorithm;
    }

    /** What TensorRT wrote. */
    static CalibrationCache of(byte[] bytes, CalibrationAlgorithm algorithm) {
        return new CalibrationCache(new String(bytes, StandardCharsets.UTF_8), algorithm);
    }

    /**
     * Reads a file.
     *
     * @param tensorRt TensorRT's version as one number, such as 100600
     * @param networkSha256 SHA-256 of the network that is to be built
     * @param input how its input is filled
     * @throws FrameflowException with {@link FailureCode#INVALID_SETTINGS} if the file cannot be
     *     read, is no calibration cache, or of another version, network or preprocessing
     */
    public static CalibrationCache read(
            Path file, int tensorRt, String networkSha256, InputSpec input) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw invalid(file, "it cannot be read: " + e);
        }
        CalibrationRecord.of(file).ifPresent(record -> check(file, record, networkSha256, input));
        Matcher header = HEADER.matcher(text.lines().findFirst().orElse(""));
        if (!header.matches()) {
            throw invalid(file, "it is no calibration cache of TensorRT");
        }
        if (!header.group(1).equals(Integer.toString(tensorRt))) {
            throw invalid(file, "it is of TensorRT " + header.group(1) + ", here is " + tensorRt);
        }
        for (CalibrationAlgorithm algorithm : CalibrationAlgorithm.values()) {
            if (algorithm.cacheName().equals(header.group(2))) {
                return new CalibrationCache(text, algorithm);
            }
        }
        throw invalid(file, "its algorithm " + header.group(2) + " is not known");
    }

    private static void check(
            Path file, CalibrationRecord record, String networkSha256, InputSpec input) {
        if (!record.networkSha256().equals(networkSha256)) {
            throw invalid(file, "it was made for another network");
        }
        String preprocessing = CalibrationRecord.describe(input);
        if (!record.preprocessing().equals(preprocessing)) {
            throw invalid(
                    file,
                    "its pictures were prepared as %s, the model file says %s"
                            .formatted(record.preprocessing(), preprocessing));
        }
    }

    private static FrameflowException invalid(Path file, String reason) {
        return new FrameflowException(
                FailureCode.INVALID_SETTINGS,
                "the calibration cache "
                        + file
                        + " is of no use: "
                        + reason
                        + "; make it again with './frameflow calibrate'");
    }

    /**
     * The same without the scales of some tensors. TensorRT computes layers that read or write such
     * a tensor otherwise than with bytes.
     *
     * @param tensors names
     */
    public CalibrationCache without(Set<String> tensors) {
        String rest =
                text.lines()
                        .filter(line -> !tensors.contains(tensor(line)))
                        .collect(Collectors.joining("\n", "", "\n"));
        return new CalibrationCache(rest, algorithm);
    }

    /** Names may have colons, scales have none. */
    private static String tensor(String line) {
        int end = line.lastIndexOf(':');
        return end < 0 ? "" : line.substring(0, end);
    }

    /** Writes the file, and what it was made from beside it. */
    public void write(Path file, CalibrationRecord record) {
        // The cache last: one without its record could be used with any network.
        record.write(file);
        DurableFile.write(file, ByteBuffer.wrap(bytes()));
    }

    /** Which algorithm made it. */
    public CalibrationAlgorithm algorithm() {
        return algorithm;
    }

    /** Number of tensors with a scale. */
    public long tensors() {
        return text.lines().skip(1).filter(line -> !line.isBlank()).count();
    }

    /** SHA-256 of the file. */
    public String sha256() {
        return Sha256.of(bytes());
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
