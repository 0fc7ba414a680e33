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

import static io.frameflow.cli.view.DrawnRecords.EVIL;
import static io.frameflow.cli.view.DrawnRecords.classMap;
import static io.frameflow.cli.view.DrawnRecords.endlessRoad;
import static io.frameflow.cli.view.DrawnRecords.keypoint;
import static io.frameflow.cli.view.DrawnRecords.mask;
import static io.frameflow.cli.view.DrawnRecords.object;
import static io.frameflow.cli.view.DrawnRecords.person;
import static io.frameflow.cli.view.LiveScene.CANVASES;
import static io.frameflow.cli.view.LiveScene.HEIGHT;
import static io.frameflow.cli.view.LiveScene.WIDTH;
import static io.frameflow.cli.view.LiveScene.ground;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import io.frameflow.cli.kafka.KafkaConnection;
import io.frameflow.cli.view.feed.ViewTopics;
import io.frameflow.job.testing.KafkaBroker;
import io.frameflow.job.testing.KafkaBrokerExtension;
import io.frameflow.schema.AppliedSettings;
import io.frameflow.schema.BoundingBox;
import io.frameflow.schema.FrameDetections;
import io.frameflow.schema.Keypoint;
import io.frameflow.schema.Mask;
import io.frameflow.schema.Segmentation;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page draws over pictures of one colour, by the pixels of both its canvases. */
@ExtendWith(KafkaBrokerExtension.class)
@Tag("browser")
@EnabledIf(value = "io.frameflow.cli.view.Browser#isThere", disabledReason = Browser.MISSING)
@Timeout(120)
class LiveDrawingITCase {
    private static final ViewTopics TOPICS =
            new ViewTopics(
                    "draw-preview",
                    "draw-detections",
                    "draw-events",
                    "draw-dead-letters",
                    "draw-control");

    /** Kinds of objects have these in the order in which the page meets them. */
    private static final Color FIRST = new Color(0x35c3ad);

    private static final Color SECOND = new Color(0xf2a33a);
    private static final double MASK_SHARE = 110 / 255.0;

    private static final Pattern PICTURES = Pattern.compile("/picture\\?");

    private static Browser browser;
    private static LiveView view;
    private static KafkaProducer<byte[], byte[]> producer;

    private LiveScene scene;

    @BeforeAll
    static void startEverything(KafkaBroker broker) throws Exception {
        broker.createTopics(
                1,
                Map.of(),
                TOPICS.preview(),
                TOPICS.detections(),
                TOPICS.events(),
                TOPICS.deadLetters(),
                TOPICS.control());
        producer = broker.producer();
        view =
                LiveView.start(
                        new KafkaConnection(broker.bootstrapServers(), Map.of()),
                        TOPICS,
                        LiveView.Place.onLoopback());
        browser = Browser.start();
    }

    @AfterAll
    static void stopEverything() {
        if (browser != null) {
            browser.close();
        }
        if (view != null) {
            view.close();
        }
        if (producer != null) {
            producer.close();
        }
    }

    @BeforeEach
    void openThePage(TestInfo test) {
        scene = new LiveScene(browser, view, TOPICS, producer, test.getDisplayName());
    }

    @AfterEach
    void closeThePage() {
        scene.close();
        browser.assertNoComplaints();
    }

    @Test
    void boxesLabelsAndTrailsAreDrawnAndCanBeSwitchedOff() throws Exception {
        for (int left = 100; left <= 250; left += 50) {
            scene.show(scene.frame(object("car", box(left, 150, 240, 180), null, null)));
        }

        for (String canvas : CANVASES) {
            assertColor(canvas, 250 + 120, 150, FIRST);
            assertColor(canvas, 250, 150 + 90, FIRST);
            assertColor(canvas, 250 + 240, 150 + 90, FIRST);
            assertColor(canvas, 250 + 120, 150 + 180, FIRST);
            assertThat(scene.written(canvas)).isEqualTo("car 0.75 #7");
            // From the middle of one box to that of the next, and no further.
            assertThat(distance(scene.colorAt(canvas, 340, 240), FIRST)).isLessThan(60);
            assertColor(canvas, 380, 240, ground(canvas));
        }

        scene.page().keyboard().press("b");
        scene.page().keyboard().press("l");
        assertDrawnOnlyOn(List.of(new Line2D.Double(220, 240, 370, 240)), List.of());
        scene.page().keyboard().press("t");
        assertNothingIsDrawn();
    }

    @Test
    void keypointsAndBonesAreDrawnWhereTheyAreAndOnlyWhereSure() throws Exception {
        assertThat(scene.isOffered("keypoints")).isFalse();
        leaveOutBoxes();
        List<Keypoint> seen =
                List.of(
                        keypoint("nose", 320, 80, 0.9f),
                        keypoint("left_shoulder", 400, 150, 0.9f),
                        keypoint("right_shoulder", 240, 150, 0.8f),
                        keypoint("left_elbow", 440, 250, 0.7f),
                        keypoint("left_hip", 380, 330, 0.6f),
                        keypoint("right_ankle", 250, 450, 0.5f));
        List<Keypoint> unsure =
                List.of(keypoint("left_wrist", 500, 340, 0), keypoint("right_hip", 0, 0, 0));

        scene.show(scene.frame(person(seen, unsure)));

        for (String canvas : CANVASES) {
            for (Keypoint point : seen) {
                assertColor(canvas, point.getX(), point.getY(), Color.WHITE);
            }
            assertColor(canvas, 320, 150, FIRST);
            assertColor(canvas, 420, 200, FIRST);
            assertColor(canvas, 390, 240, FIRST);
        }
        assertDrawnOnlyOn(
                List.of(
                        new Line2D.Double(400, 150, 240, 150),
                        new Line2D.Double(400, 150, 440, 250),
                        new Line2D.Double(400, 150, 380, 330)),
                seen);
        scene.page().locator("#layers label:has(input[name=keypoints])").click();
        assertNothingIsDrawn();
    }

    @Test
    void bonesThatLeaveThePictureEndAtItsEdgeAndPointsThatAreNoneHaveNone() throws Exception {
        leaveOutBoxes();
        List<Keypoint> seen =
                List.of(
                        keypoint("left_shoulder", 400, 150, 0.9f),
                        keypoint("right_shoulder", -200, 150, 0.9f),
                        keypoint("left_elbow", 400, 900, 0.9f),
                        keypoint("nose", 5000, -5000, 0.9f));
        List<Keypoint> none =
                List.of(
                        keypoint("left_hip", Float.NaN, 300, 0.9f),
                        keypoint("right_hip", 200, Float.POSITIVE_INFINITY, 0.9f),
                        keypoint("left_knee", 100, 400, 0.9f),
                        keypoint("left_wrist", 300, 300, Float.NaN));

        scene.show(scene.frame(person(seen, none)));

        assertDrawnOnlyOn(
                List.of(
                        new Line2D.Double(400, 150, -200, 150),
                        new Line2D.Double(400, 150, 400, 900)),
                List.of(seen.get(0), none.get(2)));
    }

    @ParameterizedTest
    @CsvSource({"640, 480", "1920, 1440", "64, 48", "1000, 480"})
    void classMapsLieOverThePictureAndCanBeSwitchedOff(int width, int height) throws Exception {
        assertThat(scene.isOffered("masks")).isFalse();
        // Road below, sky above on the left, and a class above on the right that has no name.
        Segmentation map =
                classMap(width, height, (x, y) -> 2 * y >= height ? 3 : 4 * x >= width ? 200 : 7);
        scene.show(scene.frame(map));

        for (String canvas : CANVASES) {
            Color road = over(canvas, FIRST);
            Color sky = over(canvas, SECOND);
            for (double x : new double[] {1, 156, 164, 320, 638}) {
                assertColor(canvas, x, 236, x < 160 ? sky : ground(canvas));
                assertColor(canvas, x, 1, x < 160 ? sky : ground(canvas));
                assertColor(canvas, x, 244, road);
                assertColor(canvas, x, 478, road);
            }
        }
        scene.page().keyboard().press("m");
        assertNothingIsDrawn();
        scene.page().keyboard().press("m");
        assertColor(LiveScene.SOURCE, 320, 400, over(LiveScene.SOURCE, FIRST));
    }

    @Test
    void masksOfObjectsLieOverThem() throws Exception {
        leaveOutBoxes();
        Mask mask =
                mask(
                        WIDTH,
                        HEIGHT,
                        (x, y) -> x >= 100 && x < 300 && y >= 50 && y < 150 + x ? 1 : 0);

        scene.show(scene.frame(object("person", box(100, 50, 200, 300), null, mask)));

        for (String canvas : CANVASES) {
            for (double[] place : new double[][] {{102, 53}, {297, 53}, {102, 249}, {297, 440}}) {
                assertColor(canvas, place[0], place[1], over(canvas, FIRST));
            }
            for (double[] place : new double[][] {{97, 60}, {303, 60}, {200, 47}, {102, 256}}) {
                assertColor(canvas, place[0], place[1], ground(canvas));
            }
        }
    }

    @Test
    void nonsenseDoesNoHarm() throws Exception {
        int most = Integer.MAX_VALUE;
        float far = 1e30f;
        List<Keypoint> points =
                List.of(
                        keypoint("left_hip", far, -far, 1),
                        keypoint("right_hip", -far, Float.NEGATIVE_INFINITY, Float.NaN),
                        keypoint(EVIL, Float.NaN, 240, far));
        Mask wrong = new Mask(-5, 7, "~~~~\u0000ü<");
        Mask other = new Mask(9, 9, "0");
        BoundingBox none = box(Float.NaN, 0, Float.POSITIVE_INFINITY, 9);
        List<FrameDetections> frames = new ArrayList<>();
        frames.add(scene.frame(object(EVIL, box(far, -far, far, far), points, wrong)));
        frames.add(scene.frame(object(EVIL, box(-far, 10, 2 * far, 9), points, other)));
        frames.add(scene.frame(object("a", none, points, mask(WIDTH, 1, (x, y) -> 0))));
        for (int[] size : new int[][] {{most, most}, {most, 1}, {1, most}, {0, -1}, {8, 9}}) {
            frames.add(scene.frame(classMap(size[0], size[1], endlessRoad())));
        }
        frames.add(scene.frame(classMap(8, 8, new byte[] {3})));
        frames.add(scene.frame(classMap(8, 8, new byte[0])));
        FrameDetections unset = scene.frame();
        unset.setDenoisedFrames(3);
        unset.setSettings(new AppliedSettings(far, -far, EVIL, Float.NaN, true, EVIL));
        frames.add(unset);
        for (FrameDetections frame : frames) {
            scene.show(frame);
        }
        scene.show(scene.frame(), new byte[] {1, 2, 3}, new byte[0]);

        assertThat(scene.written(LiveScene.SOURCE)).doesNotContain("undefined");
        assertThat(scene.page().locator("img[src=x]").count()).isZero();
        assertThat(scene.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        scene.show(scene.frame());
        assertNothingIsDrawn();
    }

    @Test
    void picturesOfTheCameraBeforeAreNotShownAsThoseOfTheChosenOne() throws Exception {
        scene.show(scene.frame());
        List<Route> held = new ArrayList<>();
        scene.page().route(PICTURES, held::add);
        scene.awaitTrue("document.querySelectorAll('#cameras li').length > 0");
        scene.publish();
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (held.stream().noneMatch(each -> each.request().url().endsWith("=examined"))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            scene.page().waitForTimeout(50);
        }

        scene.page().evaluate("location.hash = '#camera=another'");
        scene.awaitTrue("document.getElementById('camera-title').textContent === 'another'");
        scene.page().unroute(PICTURES);
        held.forEach(Route::resume);
        scene.page().waitForTimeout(1000);

        assertThat(scene.page().locator("#source-caption").textContent()).isEmpty();
        assertThat(scene.page().locator("#source-note").textContent())
                .isEqualTo("Waiting for pictures");
        assertColor(LiveScene.SOURCE, 320, 240, Color.BLACK);
    }

    private void leaveOutBoxes() {
        for (String key : List.of("b", "l", "t")) {
            scene.page().keyboard().press(key);
        }
    }

    private void assertColor(String canvas, double x, double y, Color expected) {
        Color found = scene.colorAt(canvas, x, y);
        assertThat(distance(found, expected))
                .as("%s at %s, %s: %s, not %s", canvas, x, y, found, expected)
                .isLessThan(12);
    }

    private void assertNothingIsDrawn() {
        for (String canvas : CANVASES) {
            assertThat(scene.drawn(canvas).stream().limit(5)).as(canvas).isEmpty();
        }
    }

    /** All that is drawn lies on lines of 2 pixels, or on points of 8 pixels across. */
    private void assertDrawnOnlyOn(List<Line2D> lines, List<Keypoint> points) {
        for (String canvas : CANVASES) {
            List<Point2D> drawn = scene.drawn(canvas);
            assertThat(drawn).as(canvas).isNotEmpty();
            assertThat(drawn.stream().filter(place -> farFrom(place, lines, points) >= 1).limit(5))
                    .as("what else is drawn on " + canvas)
                    .isEmpty();
        }
    }

    /** Distance to the nearest line or point, in half widths of what is drawn there. */
    private static double farFrom(Point2D place, List<Line2D> lines, List<Keypoint> points) {
        return DoubleStream.concat(
                        lines.stream().mapToDouble(line -> line.ptSegDist(place) / 2.5),
                        points.stream()
                                .mapToDouble(
                                        point -> place.distance(point.getX(), point.getY()) / 5))
                .min()
                .orElse(Double.MAX_VALUE);
    }

    private static BoundingBox box(float left, float top, float width, float height) {
        return new BoundingBox(left, top, width, height);
    }

    private static int distance(Color one, Color other) {
        return Math.max(
                Math.abs(one.getRed() - other.getRed()),
                Math.max(
                        Math.abs(one.getGreen() - other.getGreen()),
                        Math.abs(one.getBlue() - other.getBlue())));
    }

    /** What a mask makes of the picture. */
    private static Color over(String canvas, Color mask) {
        Color ground = ground(canvas);
        return new Color(
                mixed(ground.getRed(), mask.getRed()),
                mixed(ground.getGreen(), mask.getGreen()),
                mixed(ground.getBlue(), mask.getBlue()));
    }

    private static int mixed(int ground, int mask) {
        return (int) Math.round((1 - MASK_SHARE) * ground + MASK_SHARE * mask);
    }
}
