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
package io.frameflow.encode;

import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.image.DecodedImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes JPEGs of decoded pictures for people to look at, with the encoder of the JDK. Used by one
 * thread at a time.
 */
public final class PreviewEncoder implements AutoCloseable {
    /**
     * Quality as libjpeg counts it, 0 to 100. At 80 the blocks are not seen at arm's length, and a
     * picture of 1280 x 720 takes some 100 to 200 KB.
     */
    public static final int QUALITY = 80;

    private final PictureScaler scaler = new PictureScaler();
    private @Nullable ImageWriter writer;
    private @Nullable BufferedImage buffer;

    /** Makes an encoder; what it needs is made with the first picture. */
    public PreviewEncoder() {}

    /**
     * Makes a JPEG.
     *
     * @param image the picture; not changed
     * @return a new buffer with the whole file
     * @throws FrameflowException {@link FailureCode#ENGINE_UNAVAILABLE} if this Java has no
     *     encoder, {@link FailureCode#INTERNAL_ERROR} if it fails
     */
    public ByteBuffer encode(DecodedImage image) {
        BufferedImage scaled = scaled(image);
        ByteArrayOutputStream out = new ByteArrayOutputStream(128 << 10);
        try {
            ImageWriter current = writer == null ? open() : writer;
            writer = current;
            ImageWriteParam parameters = current.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY / 100f);
            try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
                current.setOutput(stream);
                current.write(null, new IIOImage(scaled, null, null), parameters);
            }
        } catch (IOException | RuntimeException failure) {
            // The writer's state is unknown now; the next picture gets a new one.
            close();
            throw failure instanceof FrameflowException known
                    ? known
                    : new FrameflowException(
                            FailureCode.INTERNAL_ERROR,
                            "no JPEG could be made of a picture: " + failure.getMessage(),
                            failure);
        }
        return ByteBuffer.wrap(out.toByteArray());
    }

    private BufferedImage scaled(DecodedImage image) {
        PreviewSize size = PreviewSize.of(image.width(), image.height());
        int width = size.width();
        int height = size.height();
        int type =
                image.format().channels() == 1
                        ? BufferedImage.TYPE_BYTE_GRAY
                        : BufferedImage.TYPE_3BYTE_BGR;
        BufferedImage target = buffer;
        if (target == null
                || target.getWidth() != width
                || target.getHeight() != height
                || target.getType() != type) {
            target = new BufferedImage(width, height, type);
            buffer = target;
        }
        byte[] pixels = ((DataBufferByte) target.getRaster().getDataBuffer()).getData();
        scaler.scale(image, width, height, pixels);
        return target;
    }

    /** The JDK's own: ImageIO would take any plugin that the class path has. */
    private static ImageWriter open() throws IOException {
        Iterator<ImageWriterSpi> providers =
                IIORegistry.getDefaultInstance()
                        .getServiceProviders(
                                ImageWriterSpi.class,
                                provider -> provider instanceof ImageWriterSpi spi && isJpeg(spi),
                                true);
        if (!providers.hasNext()) {
            throw new FrameflowException(
                    FailureCode.ENGINE_UNAVAILABLE,
                    "this Java has no JPEG writer: use a complete JRE, with the module"
                            + " java.desktop");
        }
        return providers.next().createWriterInstance();
    }

    private static boolean isJpeg(ImageWriterSpi spi) {
        Module module = spi.getClass().getModule();
        return module.equals(ImageWriterSpi.class.getModule())
                && Arrays.asList(spi.getFormatNames()).contains("jpeg");
    }

    /** Frees what the encoder of the JDK holds. It may be used again. */
    @Override
    public void close() {
        ImageWriter closing = writer;
        if (closing != null) {
            writer = null;
            closing.dispose();
        }
    }
}
