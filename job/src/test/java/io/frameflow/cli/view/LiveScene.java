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
package io.frameflow.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.frameflow.cli.view.board.TestRecords;
import io.frameflow.cli.view.feed.ViewTopics;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Preview;
import io.frameflow.schema.Segmentation;
import io.frameflow.schema.codec.RecordCodec;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The page of one camera, whose frames of {@value #WIDTH} x {@value #HEIGHT} pixels have pictures
 * of one colour each. Places are pixels of the frame, whatever the size of the canvas.
 */
final class LiveScene implements AutoCloseable {
    static final int WIDTH = 640;
    static final int HEIGHT = 480;
    static final String SOURCE = "source";
    static final String EXAMINED = "examined";
    static final List<String> CANVASES = List.of(SOURCE, EXAMINED);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Notes what is written on the two canvases. */
    private static final String NOTE_TEXTS =
            """
            window.written = { source: new Set(), examined: new Set() };
            const write = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function (text, ...places) {
              window.written[this.canvas.id]?.add(text);
              return write.call(this, text, ...places);
            };
            """;

    private final String camera;
    private final ViewTopics topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Page page;
    private long sequence;

    /** Opens the page of a camera that has no records yet. */
    LiveScene(
            Browser browser,
            LiveView view,
            ViewTopics topics,
            KafkaProducer<byte[], byte[]> producer,
            String camera) {
        this.camera = camera;
        this.topics = topics;
        this.producer = producer;
        this.page = browser.page(ColorScheme.LIGHT);
        page.addInitScript(NOTE_TEXTS);
        page.navigate(view.url(camera));
        awaitTrue("document.getElementById('connection').dataset.state === 'live'");
    }

    Page page() {
        return page;
    }

    /** The colour of all pixels of a picture. */
    static Color ground(String canvas) {
        return canvas.equals(SOURCE) ? new Color(40, 60, 90) : new Color(90, 60, 40);
    }

    /** A result of the next frame. */
    FrameDetections frame(DetectedObject... objects) {
        FrameDetections frame = TestRecords.detections(camera, ++sequence);
        frame.setObjects(Arrays.asList(objects));
        return frame;
    }

    /** A result of the next frame, with the class of every pixel. */
    FrameDetections frame(Segmentation map) {
        FrameDetections frame = frame();
        frame.setSegmentation(map);
        return frame;
    }

    /** Publishes a result with its pictures, and waits until the page shows it. */
    void show(FrameDetections frame) throws ExecutionException, InterruptedException {
        show(frame, jpeg(ground(SOURCE)), jpeg(ground(EXAMINED)));
    }

    /** The same, with pictures of one's own. */
    void show(FrameDetections frame, byte[] source, byte[] examined)
            throws ExecutionException, InterruptedException {
        String shown =
                "document.getElementById('source-caption').textContent.endsWith('· frame "
                        + frame.getSequence()
                        + "') && !document.getElementById('source-note').textContent"
                        + ".startsWith('The job sends no pictures')";
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        // Who looks on sees what comes from now on, and the page may not look on yet. A first
        // result that comes before its pictures is shown without.
        do {
            assertThat(System.nanoTime()).as(shown).isLessThan(deadline);
            publish(frame, source, examined);
            page.waitForTimeout(200);
        } while (!Boolean.TRUE.equals(page.evaluate(shown)));
    }

    /** Publishes a result of the next frame with its pictures, whether it is shown or not. */
    void publish() throws ExecutionException, InterruptedException {
        publish(frame(), jpeg(ground(SOURCE)), jpeg(ground(EXAMINED)));
    }

    private void publish(FrameDetections frame, byte[] source, byte[] examined)
            throws ExecutionException, InterruptedException {
        Preview preview = TestRecords.preview(camera, frame.getSequence());
        preview.setSource(ByteBuffer.wrap(source));
        preview.setExamined(ByteBuffer.wrap(examined));
        send(topics.detections(), RecordCodec.forFrameDetections().encode(frame));
        send(topics.preview(), RecordCodec.forPreview().encode(preview));
    }

    private void send(String topic, byte[] value) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(topic, value)).get();
    }

    /** The colour that a canvas has at a place. */
    Color colorAt(String canvas, double x, double y) {
        Object pixel =
                page.evaluate(
                        """
                        ([id, x, y]) => {
                          const shown = document.getElementById(id);
                          const copy = new OffscreenCanvas(1, 1);
                          const context = copy.getContext('2d', { willReadFrequently: true });
                          context.drawImage(shown, -Math.floor(x * shown.width), -Math.floor(y * shown.height));
                          return [...context.getImageData(0, 0, 1, 1).data];
                        }
                        """,
                        List.of(canvas, x / WIDTH, y / HEIGHT));
        List<Integer> parts = numbers(pixel).stream().map(Double::intValue).toList();
        return new Color(parts.get(0), parts.get(1), parts.get(2));
    }

    /** Places where a canvas does not have the colour of its picture, the first 20,000. */
    List<Point2D> drawn(String canvas) {
        Color ground = ground(canvas);
        List<Double> shares =
                numbers(
                        page.evaluate(
                                """
                                ([id, ...ground]) => {
                                  const { width, height } = document.getElementById(id);
                                  const copy = new OffscreenCanvas(width, height);
                                  const context = copy.getContext('2d', { willReadFrequently: true });
                                  context.drawImage(document.getElementById(id), 0, 0);
                                  const { data } = context.getImageData(0, 0, width, height);
                                  const found = [];
                                  for (let at = 0; at < width * height && found.length < 40000; at++) {
                                    if (ground.some((part, i) => Math.abs(data[4 * at + i] - part) > 12)) {
                                      found.push(((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height);
                                    }
                                  }
                                  return found;
                                }
                                """,
                                List.of(
                                        canvas,
                                        ground.getRed(),
                                        ground.getGreen(),
                                        ground.getBlue())));
        List<Point2D> places = new ArrayList<>();
        for (int i = 0; i < shares.size(); i += 2) {
            places.add(new Point2D.Double(WIDTH * shares.get(i), HEIGHT * shares.get(i + 1)));
        }
        return places;
    }

    /** Everything that was written on a canvas so far. */
    String written(String canvas) {
        return String.valueOf(page.evaluate("id => [...window.written[id]].join('\\n')", canvas));
    }

    /** Whether there is a switch for a layer. */
    boolean isOffered(String layer) {
        return page.locator("#layers label:has(input[name=" + layer + "])").isVisible();
    }

    /** Asks from here: a page that forbids eval forbids Playwright to wait in it. */
    void awaitTrue(String expression) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(page.evaluate(expression))) {
            assertThat(System.nanoTime()).as(expression).isLessThan(deadline);
            page.waitForTimeout(50);
        }
    }

    @Override
    public void close() {
        page.context().close();
    }

    private static List<Double> numbers(Object array) {
        return ((List<?>) array).stream().map(each -> ((Number) each).doubleValue()).toList();
    }

    private static byte[] jpeg(Color color) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
