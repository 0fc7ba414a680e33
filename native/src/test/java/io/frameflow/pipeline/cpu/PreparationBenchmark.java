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
package io.frameflow.pipeline.cpu;

import io.frameflow.decode.CpuImageDecoder;
import io.frameflow.decode.DecodeLimits;
import io.frameflow.geometry.Scaling;
import io.frameflow.image.CameraPicture;
import io.frameflow.image.DecodedImage;
import io.frameflow.image.ImageEncoding;
import io.frameflow.model.ColorOrder;
import io.frameflow.model.InputSpec;
import io.frameflow.model.Normalization;
import io.frameflow.preprocess.LetterboxPreprocessor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Measures the processor time to decode a JPEG frame and to place it in an input of 640 x 640, on
 * one thread, whatever else the machine does.
 *
 * <pre>
 * mvn -pl native test-compile org.codehaus.mojo:exec-maven-plugin:java \
 *     -Dexec.classpathScope=test -Dexec.mainClass=io.frameflow.pipeline.cpu.PreparationBenchmark
 * </pre>
 */
final class PreparationBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 100;
    private static final int ROUNDS = 200;
    private static final InputSpec INPUT =
            new InputSpec(640, 640, ColorOrder.RGB, Normalization.UNIT, Scaling.CENTERED, 114);

    private PreparationBenchmark() {}

    /** Prints median and 99th percentile in milliseconds. */
    public static void main(String[] arguments) {
        System.out.println("picture      bytes   decode p50   p99   letterbox p50   p99   [ms]");
        measure(1280, 720);
        measure(1920, 1080);
    }

    private static void measure(int width, int height) {
        byte[] jpeg = CameraPicture.jpeg(width, height);
        ByteBuffer frame = ByteBuffer.wrap(jpeg);
        var preprocessor = new LetterboxPreprocessor(INPUT);
        FloatBuffer tensor =
                ByteBuffer.allocateDirect(preprocessor.elements() * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        long[] decode = new long[ROUNDS];
        long[] letterbox = new long[ROUNDS];
        try (var decoder = new CpuImageDecoder(DecodeLimits.DEFAULT)) {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                long start = THREADS.getCurrentThreadCpuTime();
                DecodedImage image = decoder.decode(ImageEncoding.JPEG, width, height, frame);
                long decoded = THREADS.getCurrentThreadCpuTime();
                preprocessor.write(image, tensor, 0);
                long placed = THREADS.getCurrentThreadCpuTime();
                if (round >= 0) {
                    decode[round] = decoded - start;
                    letterbox[round] = placed - decoded;
                }
            }
        }
        System.out.printf(
                "%4d x %4d %7d %12.2f %5.2f %15.2f %5.2f%n",
                width,
                height,
                jpeg.length,
                millis(decode, 0.5),
                millis(decode, 0.99),
                millis(letterbox, 0.5),
                millis(letterbox, 0.99));
    }

    private static double millis(long[] nanos, double quantile) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) (quantile * (sorted.length - 1))] / 1e6;
    }
}
