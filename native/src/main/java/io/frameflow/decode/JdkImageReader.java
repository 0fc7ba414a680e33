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
package io.frameflow.decode;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the JDK's own, kept from picture to picture, whose warnings are failures.
 *
 * <p>ImageIO would take any plugin that the class path has; which pixels come out must not depend
 * on that.
 */
final class JdkImageReader implements AutoCloseable {
    private final ImageReaderSpi provider;
    private final Predicate<String> harmless;
    private @Nullable ImageReader reader;
    private @Nullable String warning;

    /**
     * Finds the reader.
     *
     * @param format name of the format in lower case
     * @param harmless the warnings after which the pixels are right nevertheless
     * @throws FrameflowException if this Java has none
     */
    JdkImageReader(String format, Predicate<String> harmless) {
        this.provider = provider(format);
        this.harmless = harmless;
    }

    private static ImageReaderSpi provider(String format) {
        Iterator<ImageReaderSpi> providers =
                IIORegistry.getDefaultInstance()
                        .getServiceProviders(
                                ImageReaderSpi.class,
                                provider ->
                                        provider instanceof ImageReaderSpi spi && isOf(spi, format),
                                true);
        if (!providers.hasNext()) {
            throw new FrameflowException(
                    FailureCode.ENGINE_UNAVAILABLE,
                    "this Java has no %s reader: use a complete JRE, with the module java.desktop"
                            .formatted(format));
        }
        return providers.next();
    }

    private static boolean isOf(ImageReaderSpi spi, String format) {
        Module module = spi.getClass().getModule();
        return module.equals(ImageReaderSpi.class.getModule())
                && Arrays.asList(spi.getFormatNames()).contains(format);
    }

    /**
     * Reads a picture into {@code target}, which has its size and its channels.
     *
     * @throws FrameflowException with {@link FailureCode#CORRUPT_IMAGE} if anything is wrong with
     *     the picture, {@link FailureCode#OUT_OF_MEMORY} if memory was short
     */
    void read(ImageInputStream stream, BufferedImage target) {
        warning = null;
        try {
            ImageReader current = reader == null ? open() : reader;
            reader = current;
            current.setInput(stream, true, true);
            current.read(0, intoAllBandsOf(target));
        } catch (IOException | RuntimeException failure) {
            // The reader's state is unknown now; the next picture gets a new one.
            close();
            throw failed(failure);
        }
        if (warning != null) {
            throw BadImage.of(FailureCode.CORRUPT_IMAGE, "%s", warning);
        }
    }

    private ImageReader open() throws IOException {
        ImageReader opened = provider.createReaderInstance();
        opened.addIIOReadWarningListener((source, message) -> noteWarning(message));
        return opened;
    }

    private void noteWarning(String message) {
        if (warning == null && !harmless.test(message)) {
            warning = message;
        }
    }

    /** Naming the bands keeps ImageIO from converting between colour spaces. */
    private static ImageReadParam intoAllBandsOf(BufferedImage target) {
        ImageReadParam parameters = new ImageReadParam();
        parameters.setDestination(target);
        parameters.setSourceBands(IntStream.range(0, target.getRaster().getNumBands()).toArray());
        return parameters;
    }

    private static FrameflowException failed(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return new FrameflowException(
                        FailureCode.OUT_OF_MEMORY,
                        "the heap is too small for the pictures: enlarge it, lower the limits on"
                                + " pictures, or use fewer decoding threads",
                        failure);
            }
        }
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return new FrameflowException(
                FailureCode.CORRUPT_IMAGE, "the picture cannot be decoded: " + cause, failure);
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.dispose();
            reader = null;
        }
    }
}
