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

import io.frameflow.cli.view.web.ClientQueue.Kind;
import io.frameflow.cli.view.web.ClientQueue.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientQueueTest {
    private final ClientQueue queue = new ClientQueue(4, 100);

    @Test
    void givesMessagesInTheirOrder() throws Exception {
        offer(Kind.TRACKS, "a");
        offer(Kind.SHOWN, "b");

        assertThat(drain()).containsExactly("a", "b");
        assertThat(queue.poll(1)).isNull();
    }

    @Test
    void onlyTheLatestStateWaits() throws Exception {
        offer(Kind.OVERVIEW, "old");
        offer(Kind.CAMERA, "camera");
        offer(Kind.OVERVIEW, "new");

        assertThat(drain()).containsExactly("camera", "new");
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void whereThereIsNoRoomTheOldestFramesLeave() throws Exception {
        offer(Kind.OVERVIEW, "overview");
        offer(Kind.ACKNOWLEDGEMENT, "acknowledged");
        for (int i = 0; i < 1000; i++) {
            offer(Kind.SHOWN, "frame " + i);
        }

        assertThat(queue.dropped()).isEqualTo(998);
        assertThat(drain()).containsExactly("overview", "acknowledged", "frame 998", "frame 999");
    }

    @Test
    void largeMessagesCountByTheirLength() throws Exception {
        offer(Kind.SHOWN, "x".repeat(60));
        offer(Kind.SHOWN, "y".repeat(60));

        assertThat(drain()).containsExactly("y".repeat(60));
    }

    @Test
    void evenWhatIsLargerThanAllTheRoomComesAlone() throws Exception {
        offer(Kind.SHOWN, "x".repeat(500));

        assertThat(drain()).containsExactly("x".repeat(500));
    }

    @Test
    void acknowledgementsAloneAreBoundedToo() throws Exception {
        for (int i = 0; i < 10; i++) {
            offer(Kind.ACKNOWLEDGEMENT, "a" + i);
        }

        assertThat(drain()).containsExactly("a6", "a7", "a8", "a9");
    }

    private void offer(Kind kind, String json) {
        queue.offer(new Message(kind, json));
    }

    private List<String> drain() throws InterruptedException {
        List<String> messages = new ArrayList<>();
        while (queue.size() > 0) {
            messages.add(queue.poll(1000).json());
        }
        return messages;
    }
}
