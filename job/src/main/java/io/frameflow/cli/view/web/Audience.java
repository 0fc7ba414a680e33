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

import io.frameflow.cli.view.board.LiveListener;
import io.frameflow.cli.view.board.ShownFrame;
import io.frameflow.cli.view.web.ClientQueue.Kind;
import io.frameflow.cli.view.web.ClientQueue.Message;
import io.frameflow.schema.ControlAcknowledgement;
import io.frameflow.schema.FrameDetections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The clients that look on, and what each is told. Thread-safe. */
public final class Audience implements LiveListener {
    private final int maxClients;
    private final List<Client> clients = new CopyOnWriteArrayList<>();

    /** An audience of nobody yet. */
    public Audience(int maxClients) {
        this.maxClients = maxClients;
    }

    /** Takes a client in; empty where there are too many. */
    synchronized Optional<Client> join(String cameraId) {
        if (clients.size() >= maxClients) {
            return Optional.empty();
        }
        Client client = new Client(cameraId);
        clients.add(client);
        return Optional.of(client);
    }

    void leave(Client client) {
        clients.remove(client);
    }

    List<Client> clients() {
        return clients;
    }

    @Override
    public void shown(ShownFrame frame) {
        String json = null;
        for (Client client : clients) {
            if (client.cameraId().equals(frame.cameraId())) {
                json = json == null ? LiveJson.shown(frame) : json;
                client.tell(new Message(Kind.SHOWN, json));
            }
        }
    }

    @Override
    public void examined(FrameDetections frame) {
        String json = null;
        for (Client client : clients) {
            if (client.cameraId().equals(frame.getCameraId())) {
                json = json == null ? LiveJson.tracks(frame) : json;
                client.tell(new Message(Kind.TRACKS, json));
            }
        }
    }

    @Override
    public void acknowledged(ControlAcknowledgement acknowledgement) {
        if (!clients.isEmpty()) {
            Message message = new Message(Kind.ACKNOWLEDGEMENT, LiveJson.record(acknowledgement));
            clients.forEach(client -> client.tell(message));
        }
    }
}
