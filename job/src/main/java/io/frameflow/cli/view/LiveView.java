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

import io.frameflow.cli.kafka.ControlSender;
import io.frameflow.cli.kafka.KafkaConnection;
import io.frameflow.cli.view.board.LiveBoard;
import io.frameflow.cli.view.feed.LiveFeed;
import io.frameflow.cli.view.feed.ViewTopics;
import io.frameflow.cli.view.web.Access;
import io.frameflow.cli.view.web.Audience;
import io.frameflow.cli.view.web.ViewServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The live window of a job, from Kafka to the browser. */
public final class LiveView implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Place place;
    private final ViewServer server;
    private final LiveFeed feed;
    private final ControlSender sender;

    private LiveView(Place place, ViewServer server, LiveFeed feed, ControlSender sender) {
        this.place = place;
        this.server = server;
        this.feed = feed;
        this.sender = sender;
    }

    /**
     * Where it is served, and to whom.
     *
     * @param host name or address of the interface to listen on
     * @param port port; 0 for any that is free
     * @param token what one has to know, see {@link Access#isToken}
     * @param allowedHosts further names of this machine
     */
    public record Place(String host, int port, String token, List<String> allowedHosts) {

        /** Loopback, any port, a random token. */
        public static Place onLoopback() {
            return new Place("127.0.0.1", 0, Access.randomToken(), List.of());
        }
    }

    /**
     * Starts reading and serving.
     *
     * @throws IOException if the place cannot be served from
     */
    public static LiveView start(KafkaConnection kafka, ViewTopics topics, Place place)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(place.host(), place.port());
        if (address.isUnresolved()) {
            throw new IOException("there is no host '" + place.host() + "': change --host");
        }
        Audience audience = ViewServer.audience();
        LiveBoard board = new LiveBoard(audience);
        ControlSender sender = new ControlSender(kafka, topics.control());
        ViewServer server =
                ViewServer.start(
                        address,
                        new Access(place.token(), place.allowedHosts()),
                        audience,
                        board,
                        sender::send,
                        PATIENCE);
        Thread preparing = new Thread(sender::prepare, "frameflow-view-control");
        preparing.setDaemon(true);
        preparing.start();
        return new LiveView(place, server, LiveFeed.start(kafka, topics, board), sender);
    }

    /**
     * The address of the page.
     *
     * @param camera camera that it begins with; null for the first one
     */
    public String url(@Nullable String camera) {
        String host = place.host();
        String shown =
                switch (host) {
                    case "0.0.0.0", "::" -> "localhost";
                    default -> host.contains(":") ? "[" + host + "]" : host;
                };
        String fragment =
                camera == null
                        ? ""
                        : "#camera="
                                + URLEncoder.encode(camera, StandardCharsets.UTF_8)
                                        .replace("+", "%20");
        return "http://" + shown + ":" + server.port() + "/" + place.token() + "/" + fragment;
    }

    @Override
    public void close() {
        server.close();
        feed.close();
        sender.close();
    }
}
