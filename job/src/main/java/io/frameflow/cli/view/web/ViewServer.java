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

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.frameflow.cli.view.board.LiveBoard;
import io.frameflow.cli.view.board.Pictures;
import io.frameflow.cli.view.web.ClientQueue.Kind;
import io.frameflow.cli.view.web.ClientQueue.Message;
import io.frameflow.schema.Control;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the live window. Everything lies below the token:
 *
 * <pre>
 * GET  /TOKEN/                        the page, and its files beside it
 * GET  /TOKEN/stream?camera=NAME      what is new, as Server-Sent Events
 * GET  /TOKEN/picture?id=N&kind=KIND  a JPEG: source, or examined
 * POST /TOKEN/control                 a change, as {@link ControlRequest} says
 * </pre>
 */
public final class ViewServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ViewServer.class);
    private static final int MAX_CLIENTS = 32;

    /** Beside the streams: pages, pictures and changes. */
    private static final int OTHER_THREADS = 32;

    private static final int MAX_BODY_BYTES = 4096;
    private static final long TICK_MILLIS = 500;

    static {
        // Read once by the JDK's server. Small messages leave at once, and nobody may take long to
        // send a request.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", "20");
    }

    private final HttpServer server;
    private final Access access;
    private final Audience audience;
    private final LiveBoard board;
    private final ControlDoor control;
    private final Duration patience;
    private final StaticFiles files = new StaticFiles();
    private final ExecutorService threads;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();

    private ViewServer(
            HttpServer server,
            Access access,
            Audience audience,
            LiveBoard board,
            ControlDoor control,
            Duration patience) {
        this.server = server;
        this.access = access;
        this.audience = audience;
        this.board = board;
        this.control = control;
        this.patience = patience;
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        MAX_CLIENTS + OTHER_THREADS,
                        30,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>());
    }

    /** An audience as large as the server takes. */
    public static Audience audience() {
        return new Audience(MAX_CLIENTS);
    }

    /**
     * Starts serving.
     *
     * @param address where; port 0 for any that is free
     * @param access who may see it
     * @param audience gets the clients
     * @param board what there is to see
     * @param control takes changes
     * @param patience how long a client may read nothing before it is sent away
     * @throws IOException if the address cannot be used
     */
    public static ViewServer start(
            InetSocketAddress address,
            Access access,
            Audience audience,
            LiveBoard board,
            ControlDoor control,
            Duration patience)
            throws IOException {
        HttpServer http;
        try {
            http = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on "
                            + address.getHostString()
                            + ":"
                            + address.getPort()
                            + " ("
                            + e.getMessage()
                            + "): choose another --port",
                    e);
        }
        ViewServer server = new ViewServer(http, access, audience, board, control, patience);
        http.setExecutor(server.threads);
        http.createContext("/", server::handle);
        http.start();
        var unused =
                server.ticker.scheduleAtFixedRate(
                        server::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return server;
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        audience.clients().forEach(Client::sendAway);
        server.stop(0);
        threads.shutdownNow();
    }

    private void tick() {
        try {
            board.tick();
            if (audience.clients().isEmpty()) {
                return;
            }
            Message overview = new Message(Kind.OVERVIEW, LiveJson.overview(board.overview()));
            for (Client client : audience.clients()) {
                tell(client, overview);
                if (client.stuckNanos() > patience.toNanos()) {
                    LOG.info("A client that does not read is sent away");
                    client.sendAway();
                }
            }
        } catch (RuntimeException e) {
            // A scheduled task that throws never runs again.
            LOG.error("The live window failed", e);
        }
    }

    private void tell(Client client, Message overview) {
        client.tell(overview);
        board.details(client.cameraId())
                .ifPresent(
                        camera ->
                                client.tell(
                                        new Message(
                                                Kind.CAMERA,
                                                LiveJson.camera(camera, client.dropped()))));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Exchanges.secure(exchange.getResponseHeaders());
            if (!access.isOwnHost(exchange.getRequestHeaders().getFirst("Host"))) {
                Exchanges.text(
                        exchange,
                        403,
                        "This name is none of this machine's: ask by its address, or start with"
                                + " --allow-host");
                return;
            }
            String path = exchange.getRequestURI().getRawPath();
            int end = path.indexOf('/', 1);
            String token = path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
            if (!access.isGranted(token)) {
                Exchanges.text(
                        exchange,
                        403,
                        "Open the address that was printed at the start: it holds the token");
                return;
            }
            if (end < 0) {
                exchange.getResponseHeaders().set("Location", "/" + token + "/");
                exchange.sendResponseHeaders(301, -1);
                return;
            }
            route(exchange, path.substring(end + 1));
        } catch (InterruptedException e) {
            // The client was sent away, or the server ends.
        } catch (RuntimeException e) {
            LOG.error("A request failed", e);
            throw e;
        }
    }

    private void route(HttpExchange exchange, String name)
            throws IOException, InterruptedException {
        String expected = name.equals("control") ? "POST" : "GET";
        if (!exchange.getRequestMethod().equals(expected)) {
            exchange.getResponseHeaders().set("Allow", expected);
            Exchanges.text(exchange, 405, "Only " + expected + " is possible here");
            return;
        }
        switch (name) {
            case "stream" -> stream(exchange);
            case "picture" -> picture(exchange);
            case "control" -> control(exchange);
            default -> file(exchange, name);
        }
    }

    private void file(HttpExchange exchange, String name) throws IOException {
        Optional<StaticFiles.File> file = files.find(name);
        if (file.isEmpty()) {
            Exchanges.text(exchange, 404, "There is no such thing");
            return;
        }
        Exchanges.bytes(exchange, 200, file.get().type(), file.get().bytes());
    }

    private void stream(HttpExchange exchange) throws IOException, InterruptedException {
        Optional<Client> joined = audience.join(Exchanges.parameter(exchange, "camera").orElse(""));
        if (joined.isEmpty()) {
            Exchanges.text(exchange, 503, MAX_CLIENTS + " clients look on already");
            return;
        }
        Client client = joined.get();
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            tell(client, new Message(Kind.OVERVIEW, LiveJson.overview(board.overview())));
            client.serve(out);
        } finally {
            audience.leave(client);
        }
    }

    private void picture(HttpExchange exchange) throws IOException {
        Optional<ByteBuffer> picture =
                Exchanges.parameter(exchange, "id")
                        .filter(id -> id.matches("[0-9]{1,18}"))
                        .flatMap(id -> board.pictures().find(Long.parseLong(id)))
                        .flatMap(
                                pictures ->
                                        ofKind(
                                                pictures,
                                                Exchanges.parameter(exchange, "kind").orElse("")));
        if (picture.isEmpty()) {
            Exchanges.text(exchange, 404, "This picture is gone");
            return;
        }
        Exchanges.bytes(exchange, 200, "image/jpeg", picture.get());
    }

    private static Optional<ByteBuffer> ofKind(Pictures pictures, String kind) {
        return switch (kind) {
            case "source" -> Optional.ofNullable(pictures.source());
            case "examined" -> Optional.ofNullable(pictures.examined());
            case "any" ->
                    Optional.ofNullable(
                            pictures.source() != null ? pictures.source() : pictures.examined());
            default -> Optional.empty();
        };
    }

    private void control(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.matches("application/json\\s*(;.*)?")) {
            Exchanges.text(exchange, 415, "Send application/json");
            return;
        }
        if (!Access.isOwnOrigin(
                exchange.getRequestHeaders().getFirst("Origin"),
                exchange.getRequestHeaders().getFirst("Host"))) {
            Exchanges.text(exchange, 403, "Another page may not do this");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            Exchanges.text(exchange, 413, "The request is too long");
            return;
        }
        Control change;
        try {
            change = ControlRequest.parse(body);
        } catch (ControlRequest.RefusedException e) {
            Exchanges.json(exchange, 400, LiveJson.text("error", String.valueOf(e.getMessage())));
            return;
        }
        try {
            control.send(change);
        } catch (IOException e) {
            Exchanges.json(exchange, 503, LiveJson.text("error", String.valueOf(e.getMessage())));
            return;
        }
        Exchanges.json(exchange, 202, LiveJson.text("control_id", change.getControlId()));
    }
}
