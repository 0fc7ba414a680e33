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
package io.frameflow.cli.view.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.frameflow.cli.view.board.LiveBoard;
import io.frameflow.cli.view.board.TestRecords;
import io.frameflow.schema.Control;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as a browser, and as somebody with worse intentions, finds it. */
@Timeout(60)
class ViewServerTest {
    private static final String TOKEN = "a-token-of-20-letter";
    private static final String EVIL = "<img src=x onerror=alert(1)>\n\"'&";

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Control> sent = Collections.synchronizedList(new ArrayList<>());
    private final Audience audience = ViewServer.audience();
    private final LiveBoard board = new LiveBoard(audience);
    private ViewServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                ViewServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        new Access(TOKEN, List.of()),
                        audience,
                        board,
                        this::send,
                        Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void send(Control control) throws IOException {
        if ("lost".equals(control.getCameraId())) {
            throw new IOException("there is no topic 'control'");
        }
        sent.add(control);
    }

    @ParameterizedTest
    @CsvSource({
        "'', text/html",
        "index.html, text/html",
        "view.css, text/css",
        "main.js, text/javascript",
        "icon.svg, image/svg+xml",
    })
    void servesThePageToWhoKnowsTheToken(String name, String type) throws Exception {
        HttpResponse<String> response = get(TOKEN + "/" + name);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        assertThat(response.body()).isNotBlank();
    }

    @Test
    void everythingThatThePageNamesIsThere() throws Exception {
        List<String> names = new ArrayList<>(List.of("index.html"));
        for (int at = 0; at < names.size(); at++) {
            HttpResponse<String> response = get(TOKEN + "/" + names.get(at));
            assertThat(response.statusCode()).as(names.get(at)).isEqualTo(200);
            assertThat(response.body()).as("no address of others").doesNotContain("//cdn");
            Matcher named =
                    Pattern.compile("(?:src=|href=|from )['\"](?:\\./)?([^'\"#]+)")
                            .matcher(response.body());
            while (named.find()) {
                if (!names.contains(named.group(1))) {
                    names.add(named.group(1));
                }
            }
        }

        assertThat(names).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "index.html",
                "favicon.ico",
                "stream",
                "wrong-token-of-20-ch/",
                "wrong-token-of-20-ch/stream?camera=gate",
                "wrong-token-of-20-ch/picture?id=1&kind=source",
                "a-token-of-20-lette/",
                "a-token-of-20-letterr/",
                "?token=a-token-of-20-letter",
            })
    void nothingIsServedWithoutTheToken(String path) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).doesNotContain(TOKEN).doesNotContain("<");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../web/main.js", "%2e%2e/main.js", "ViewServer.class", "main.js/", "x"})
    void noOtherFileCanBeAskedFor(String name) throws Exception {
        assertThat(get(TOKEN + "/" + name).statusCode()).isIn(403, 404);
    }

    @Test
    void aNameThatIsNoneOfOursIsRefused() throws Exception {
        String request = "GET /" + TOKEN + "/ HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";

        assertThat(raw(request.formatted("attacker.example:" + server.port())))
                .startsWith("HTTP/1.1 403");
        assertThat(raw(request.formatted("localhost:" + server.port()))).startsWith("HTTP/1.1 200");
    }

    @Test
    void answersForbidWhatThePageDoesNotNeed() throws Exception {
        for (String path : List.of(TOKEN + "/", "", TOKEN + "/nothing", TOKEN + "/picture")) {
            HttpResponse<String> response = get(path);
            assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "http:", "https:");
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        }
    }

    @Test
    void theFolderOfTheTokenIsFound() throws Exception {
        HttpResponse<String> response = get(TOKEN);

        assertThat(response.statusCode()).isEqualTo(301);
        assertThat(response.headers().firstValue("Location")).hasValue("/" + TOKEN + "/");
    }

    @Test
    void picturesAreServedAsJpegsByTheirNumber() throws Exception {
        board.add(TestRecords.preview("gate", 1));

        HttpResponse<byte[]> response =
                client.send(
                        HttpRequest.newBuilder(uri(TOKEN + "/picture?id=1&kind=source")).build(),
                        BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        assertThat(response.body()).containsExactly(1, 2, 3);
        for (String query :
                List.of("id=2&kind=source", "id=1&kind=raw", "id=x&kind=source", "id=1", "")) {
            assertThat(get(TOKEN + "/picture?" + query).statusCode()).as(query).isEqualTo(404);
        }
    }

    @Test
    void theStreamTellsWhatIsNewOfItsCamera() throws Exception {
        try (Sse stream = new Sse("gate")) {
            stream.await("overview");
            board.add(TestRecords.preview("gate", 7));
            board.add(TestRecords.detections("yard", 7, "car"), 100, 0);
            board.add(TestRecords.detections("gate", 7, "car"), 100, 0);

            assertThat(stream.await("tracks")).contains("\"sequence\":7").contains("[7,25.0,40.0]");
            assertThat(stream.await("shown"))
                    .contains("\"camera\":\"gate\"")
                    .contains("\"picture\":1")
                    .contains("\"label\":\"car\"");
            assertThat(stream.await("camera")).contains("\"id\":\"gate\"");
            assertThat(stream.await("overview")).contains("\"id\":\"yard\"");
        }
    }

    @Test
    void namesCannotBreakOutOfTheStream() throws Exception {
        try (Sse stream = new Sse(EVIL)) {
            stream.await("overview");
            board.add(TestRecords.detections(EVIL, 1, EVIL), 100, 0);

            String shown = stream.await("shown");

            // One line of JSON, whatever the name holds: the page sets it as text.
            assertThat(shown)
                    .contains("<img src=x onerror=alert(1)>\\n\\\"'&")
                    .doesNotContain("\n");
        }
    }

    @Test
    void changesAreSentOn() throws Exception {
        HttpResponse<String> response =
                post("{\"camera\": \"gate\", \"score_threshold\": 0.4}", "application/json", null);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).getScoreThreshold()).isEqualTo(0.4f);
        assertThat(response.body()).contains(sent.get(0).getControlId());
    }

    @Test
    void nonsenseIsRefusedWithItsReason() throws Exception {
        HttpResponse<String> response =
                post("{\"camera\": \"gate\", \"score_threshold\": 7}", "application/json", null);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("score_threshold must be a number from 0 to 1");
        assertThat(sent).isEmpty();
    }

    @Test
    void otherPagesAndFormsCannotChangeAnything() throws Exception {
        String change = "{\"camera\": \"gate\", \"score_threshold\": 0.4}";

        assertThat(post(change, "text/plain", null).statusCode()).isEqualTo(415);
        assertThat(post(change, "application/json", "http://attacker.example").statusCode())
                .isEqualTo(403);
        assertThat(get(TOKEN + "/control").statusCode()).isEqualTo(405);
        assertThat(post(" ".repeat(5000) + change, "application/json", null).statusCode())
                .isEqualTo(413);
        assertThat(sent).isEmpty();
    }

    @Test
    void aChangeThatCannotBeSentSaysWhy() throws Exception {
        HttpResponse<String> response =
                post("{\"camera\": \"lost\", \"score_threshold\": 0.4}", "application/json", null);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("there is no topic 'control'");
    }

    @Test
    void aClientThatReadsNothingHoldsNobodyUpAndIsSentAway() throws Exception {
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port());
                Sse other = new Sse("gate")) {
            slow.getOutputStream().write(request("gate").getBytes(StandardCharsets.UTF_8));
            awaitClients(2);
            String[] labels = new String[200];
            Arrays.fill(labels, "x".repeat(500));
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            long sequence = 0;
            while (audience.clients().size() > 1 && System.nanoTime() < deadline) {
                board.add(TestRecords.preview("gate", ++sequence));
                board.add(TestRecords.detections("gate", sequence, labels), 100, 0);
                assertThat(other.await("shown")).contains("\"sequence\":" + sequence + ",");
            }

            assertThat(audience.clients()).as("the one that reads").hasSize(1);
            assertThat(audience.clients().get(0).dropped()).isZero();
        }
    }

    @Test
    void tooManyClientsAreTurnedAwayAndTheirPlacesComeBack() throws Exception {
        List<Sse> streams = new ArrayList<>();
        try {
            for (int i = 0; i < 32; i++) {
                streams.add(new Sse("gate"));
            }
            awaitClients(32);

            assertThat(get(TOKEN + "/stream?camera=gate").statusCode()).isEqualTo(503);
            assertThat(get(TOKEN + "/").statusCode()).as("the page itself").isEqualTo(200);
        } finally {
            for (Sse stream : streams) {
                stream.close();
            }
        }
        awaitClients(0);
    }

    private void awaitClients(int count) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (audience.clients().size() != count && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertThat(audience.clients()).hasSize(count);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + "/" + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body, String type, String origin) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(TOKEN + "/control"))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body));
        if (origin != null) {
            request.header("Origin", origin);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String request(String camera) {
        return "GET /"
                + TOKEN
                + "/stream?camera="
                + URLEncoder.encode(camera, StandardCharsets.UTF_8)
                + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + server.port()
                + "\r\n\r\n";
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Reads a stream of events. */
    private final class Sse implements AutoCloseable {
        private final InputStream body;
        private final BufferedReader lines;

        Sse(String camera) throws Exception {
            HttpResponse<InputStream> response =
                    client.send(
                            HttpRequest.newBuilder(
                                            uri(
                                                    TOKEN
                                                            + "/stream?camera="
                                                            + URLEncoder.encode(
                                                                    camera,
                                                                    StandardCharsets.UTF_8)))
                                    .build(),
                            BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            body = response.body();
            lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }

        /** The data of the next event of a kind. */
        String await(String event) throws IOException {
            while (true) {
                String line = lines.readLine();
                if (line == null) {
                    throw new IOException("the stream has ended");
                }
                if (line.equals("event: " + event)) {
                    return lines.readLine();
                }
            }
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
