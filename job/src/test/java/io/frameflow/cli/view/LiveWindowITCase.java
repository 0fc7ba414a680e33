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
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.frameflow.cli.demo.DemoPlan;
import io.frameflow.cli.demo.LiveDemonstration;
import io.frameflow.cli.kafka.KafkaConnection;
import io.frameflow.cli.kafka.TopicReader;
import io.frameflow.cli.process.StopSignal;
import io.frameflow.cli.publish.Pace;
import io.frameflow.schema.AppliedSettings;
import io.frameflow.schema.DetectedObject;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.codec.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser, in front of a real broker and a job that runs: that of {@code demo
 * --view}, with its detector and its clips. Screenshots are left in {@code target/screenshots}.
 */
@Tag("browser")
@EnabledIf(value = "io.frameflow.cli.view.Browser#isThere", disabledReason = Browser.MISSING)
@Timeout(180)
class LiveWindowITCase {
    private static final Path FILES = Path.of("../deploy/demo");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final String CAMERA = "evening";

    /** A camera whose name would do harm as markup. */
    private static final String EVIL = "<img src=x onerror=alert(1)> & \"Süd\"";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static final StopSignal STOP = StopSignal.manual();
    private static Browser browser;
    private static Future<?> demonstration;
    private static String address;
    private static KafkaConnection kafka;

    private Page page;

    @BeforeAll
    static void startEverything(@TempDir Path output) throws Exception {
        browser = Browser.start();
        Map<String, Path> clips = new LinkedHashMap<>();
        clips.put(CAMERA, FILES.resolve("clips/evening.mp4"));
        clips.put(EVIL, FILES.resolve("clips/avenue.mp4"));
        DemoPlan plan =
                new DemoPlan(
                        FILES.resolve("model.yaml"),
                        clips,
                        Long.MAX_VALUE,
                        Pace.RECORDED,
                        true,
                        output);
        CompletableFuture<String> opened = new CompletableFuture<>();
        CompletableFuture<String> broker = new CompletableFuture<>();
        demonstration =
                THREADS.submit(
                        () ->
                                new LiveDemonstration(
                                                plan,
                                                LiveView.Place.onLoopback(),
                                                step -> noteBroker(step, broker))
                                        .run(STOP, opened::complete));
        address = opened.get(90, TimeUnit.SECONDS);
        kafka = new KafkaConnection(broker.get(1, TimeUnit.SECONDS), Map.of());
        Files.createDirectories(SCREENSHOTS);
    }

    private static void noteBroker(String step, CompletableFuture<String> broker) {
        int at = step.indexOf("Kafka at ");
        if (at >= 0) {
            broker.complete(step.substring(at + "Kafka at ".length()));
        }
    }

    @AfterAll
    static void stopEverything() throws Exception {
        STOP.request();
        if (demonstration != null) {
            demonstration.get(60, TimeUnit.SECONDS);
        }
        if (browser != null) {
            browser.close();
        }
        THREADS.shutdown();
    }

    @BeforeEach
    void openThePage() {
        page = browser.page(ColorScheme.LIGHT);
        page.setDefaultTimeout((double) PATIENCE.toMillis());
        page.navigate(address + "#camera=" + CAMERA);
        awaitTrue("document.getElementById('connection').dataset.state === 'live'");
    }

    @AfterEach
    void closeThePage() {
        page.context().close();
        browser.assertNoComplaints();
    }

    @Test
    void bothPicturesAreThereAndTheyDiffer() {
        awaitPictures();

        assertThat(page.locator("#camera-title").textContent()).isEqualTo(CAMERA);
        assertThat(page.locator("#source").getAttribute("aria-label")).contains("Found: ");
        awaitTrue(
                "/rests on \\d+ frames/.test(document.getElementById('examined-caption')"
                        + ".textContent)");
        assertThat(page.locator("#stages tr").count()).isEqualTo(7);
        awaitTrue("document.querySelectorAll('#legend li').length > 0");
    }

    @Test
    void aSliderChangesTheNextResultsWithinASecond() throws Exception {
        awaitPictures();
        awaitTrue("document.getElementById('score_threshold-value').textContent !== '–'");
        try (TopicReader results = TopicReader.open(kafka, List.of("detections"), false)) {
            page.keyboard().press("s");
            for (String key : List.of("PageUp", "PageDown", "PageUp", "PageDown")) {
                long pressedMillis = System.currentTimeMillis();
                page.keyboard().press(key);
                float threshold = Float.parseFloat(page.locator("#score_threshold").inputValue());

                long changedMillis = awaitThreshold(results, threshold);

                assertThat(changedMillis - pressedMillis)
                        .as("milliseconds from the key to the first result with %s", threshold)
                        .isLessThan(1000);
                awaitTrue(
                        "/Applied in 1 subtask/.test(document.getElementById('acknowledgement')"
                                + ".textContent)");
            }
        }
    }

    /** When the first result with a threshold was written, which has no object below it. */
    private long awaitThreshold(TopicReader results, float threshold) throws Exception {
        RecordCodec<FrameDetections> codec = RecordCodec.forFrameDetections();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : results.poll()) {
                FrameDetections frame = codec.decode(record.value());
                AppliedSettings settings = frame.getSettings();
                Float applied = settings == null ? null : settings.getScoreThreshold();
                if (frame.getCameraId().equals(CAMERA)
                        && applied != null
                        && Math.abs(applied - threshold) < 0.001f) {
                    assertThat(frame.getObjects())
                            .extracting(DetectedObject::getScore)
                            .allSatisfy(score -> assertThat(score).isGreaterThan(threshold));
                    return record.timestamp();
                }
            }
        }
        throw new AssertionError(
                "no result has the threshold "
                        + threshold
                        + ": "
                        + page.locator("#acknowledgement").textContent());
    }

    @Test
    void namesAreShownAsTheyAre() throws Exception {
        sendNonsense();
        Locator evil =
                page.locator("#cameras li").filter(new Locator.FilterOptions().setHasText(EVIL));
        evil.locator("button").click();
        awaitTrue("document.getElementById('letters').children.length > 0");

        assertThat(page.locator("#camera-title").textContent()).isEqualTo(EVIL);
        assertThat(page.title()).startsWith(EVIL);
        assertThat(page.locator(".camera-name img, #camera-title img, #letters img").count())
                .isZero();
        awaitPictures();
        page.reload();
        awaitTitle(EVIL);
    }

    /** A frame whose name is none of its key: its dead letter tells the name. */
    private static void sendNonsense() throws ExecutionException, InterruptedException {
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.clientProperties(Map.of()), bytes, bytes)) {
            producer.send(
                            new ProducerRecord<>(
                                    "frames",
                                    EVIL.getBytes(StandardCharsets.UTF_8),
                                    EVIL.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    @Test
    void everythingIsReachedByKeyboard() {
        awaitPictures();

        page.keyboard().press("?");
        assertThat(page.locator("#help").isVisible()).isTrue();
        page.keyboard().press("Escape");
        assertThat(page.locator("#help").isVisible()).isFalse();

        page.keyboard().press("j");
        awaitTitle(EVIL);
        page.keyboard().press("k");
        awaitTitle(CAMERA);

        page.keyboard().press("b");
        assertThat(page.locator("#layers input[name=boxes]").isChecked()).isFalse();
        page.keyboard().press("b");
        page.keyboard().press(" ");
        assertThat(page.locator("#freeze").getAttribute("aria-pressed")).isEqualTo("true");
        page.keyboard().press(" ");

        page.keyboard().press("n");
        double before = Double.parseDouble(page.locator("#denoise_strength").inputValue());
        page.keyboard().press(before < 0.5 ? "ArrowRight" : "ArrowLeft");
        double after = Double.parseDouble(page.locator("#denoise_strength").inputValue());
        assertThat(Math.abs(after - before)).isCloseTo(0.01, within(1e-6));
    }

    @Test
    void everyControlHasAName() {
        Object nameless =
                page.evaluate(
                        """
                        () => [...document.querySelectorAll('button, input, select, canvas, [role]')]
                          .filter((each) => !(each.labels?.length || each.ariaLabel
                            || each.getAttribute('aria-labelledby') || each.textContent.trim()
                            || each.getAttribute('role') === 'status'
                            || each.getAttribute('role') === 'alert'))
                          .map((each) => each.outerHTML)
                        """);

        assertThat(nameless).asInstanceOf(LIST).isEmpty();
    }

    @Test
    void codesOfMasksAndClassMapsAreRead() {
        // A mask of 3 x 2 pixels whose middle column is set, and lengths above 15, which take two
        // characters; a map of two classes with a run of 300 pixels.
        assertThat(
                        page.evaluate(
                                """
                                async () => {
                                  const { cocoRuns, classRuns } = await import('./runlength.js');
                                  const runs = [];
                                  cocoRuns('222', 6, (start, length) => runs.push([start, length]));
                                  cocoRuns('d0T1', 100, (start, length) => runs.push([start, length]));
                                  classRuns(new Uint8Array([0, 4, 2, 0xac, 0x02, 1, 200]), 320,
                                    (id, start, length) => runs.push([id, start, length]));
                                  return JSON.stringify(runs);
                                }
                                """))
                .isEqualTo("[[2,2],[20,36],[0,0,4],[2,4,300],[1,304,16]]");
    }

    @Test
    void looksGoodByDayAndByNightAndOnAPhone() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.context().close();
            page = browser.page(scheme);
            page.setDefaultTimeout((double) PATIENCE.toMillis());
            page.navigate(address + "#camera=" + CAMERA);
            awaitPictures();
            page.waitForTimeout(3000);
            screenshot("view-" + scheme.name().toLowerCase(Locale.ROOT));
        }
        page.setViewportSize(390, 844);
        page.waitForTimeout(1000);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= 390"))
                .as("nothing sticks out")
                .isEqualTo(true);
        screenshot("view-phone");
    }

    private void screenshot(String name) {
        page.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    /** Waits until both canvases show pictures with what was found, and not the same. */
    private void awaitPictures() {
        awaitTrue(
                """
                (() => {
                  const [source, examined] = ['source', 'examined'].map((id) => {
                    const shown = document.getElementById(id);
                    if (!shown.width) return [];
                    const copy = new OffscreenCanvas(shown.width, shown.height);
                    const context = copy.getContext('2d', { willReadFrequently: true });
                    context.drawImage(shown, 0, 0);
                    return context.getImageData(0, 0, copy.width, copy.height).data;
                  });
                  let different = 0;
                  let coloured = 0;
                  for (let at = 0; at < source.length; at += 4) {
                    if (Math.abs(source[at] - examined[at]) > 2) different++;
                    if (source[at] > 40) coloured++;
                  }
                  return coloured > source.length / 40 && different > 100;
                })()
                """);
    }

    private void awaitTitle(String camera) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!page.locator("#camera-title").textContent().equals(camera)) {
            assertThat(System.nanoTime()).as(camera).isLessThan(deadline);
            page.waitForTimeout(50);
        }
    }

    /**
     * Asks again and again from here: a page that forbids eval forbids Playwright to wait in it.
     */
    private void awaitTrue(String expression) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(page.evaluate(expression))) {
            assertThat(System.nanoTime()).as(expression).isLessThan(deadline);
            page.waitForTimeout(50);
        }
    }
}
