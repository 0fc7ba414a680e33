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
package io.frameflow.job.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.flink.api.common.externalresource.ExternalResourceDriver;
import org.apache.flink.api.common.externalresource.ExternalResourceDriverFactory;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.configuration.Configuration;

/** A plugin of Flink's that finds cards as Flink's own for GPUs does, on a machine without any. */
public final class CardsPlugin implements ExternalResourceDriverFactory {
    /** Number of the first card that it finds. */
    public static final int FIRST_CARD = 5;

    /**
     * Packs the plugin as Flink loads it.
     *
     * @param plugins Flink's folder of plugins
     */
    public static void install(Path plugins) throws IOException {
        Path jar = Files.createDirectories(plugins.resolve("cards")).resolve("cards.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(
                    new JarEntry(
                            "META-INF/services/" + ExternalResourceDriverFactory.class.getName()));
            out.write(CardsPlugin.class.getName().getBytes(StandardCharsets.UTF_8));
            for (Class<?> type : List.of(CardsPlugin.class, Driver.class, Card.class)) {
                String path = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(path));
                try (InputStream bytes = type.getClassLoader().getResourceAsStream(path)) {
                    bytes.transferTo(out);
                }
            }
        }
    }

    @Override
    public ExternalResourceDriver createExternalResourceDriver(Configuration configuration) {
        return new Driver();
    }

    /** Finds as many as are asked for. */
    static final class Driver implements ExternalResourceDriver {
        @Override
        public Set<? extends ExternalResourceInfo> retrieveResourceInfo(long amount) {
            Set<Card> cards = new HashSet<>();
            for (int card = 0; card < amount; card++) {
                cards.add(new Card(Integer.toString(FIRST_CARD + card)));
            }
            return cards;
        }
    }

    /** One of them. */
    record Card(String index) implements ExternalResourceInfo {
        @Override
        public Optional<String> getProperty(String key) {
            return key.equals("index") ? Optional.of(index) : Optional.empty();
        }

        @Override
        public Collection<String> getKeys() {
            return List.of("index");
        }
    }
}
