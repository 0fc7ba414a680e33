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

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Chromium of this machine, driven by Playwright, that notes whatever a page complains about.
 * Nothing is downloaded: it needs a Chromium on the path, and a driver on the class path.
 */
final class Browser implements AutoCloseable {
    /** Why tests are skipped where there is none. */
    static final String MISSING =
            "no browser: it needs a Chromium on the path (on Debian: apt-get install chromium) and"
                    + " its driver on the class path (-Pbrowser in the command of Maven)";

    private static final String DRIVER = "com.microsoft.playwright.impl.driver.jar.DriverJar";
    private static final List<String> PROGRAMS =
            List.of("chromium", "chromium-browser", "google-chrome");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    private Browser(Playwright playwright, Path program) {
        this.playwright = playwright;
        this.browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(program)
                                        // Containers have no room for the sandbox, and what is
                                        // opened is our own.
                                        .setArgs(List.of("--no-sandbox")));
    }

    /** Whether a browser can be started here. */
    static boolean isThere() {
        return hasDriver() && find().isPresent();
    }

    /** Starts a browser; one must be there. */
    static Browser start() {
        return new Browser(
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))),
                find().orElseThrow());
    }

    /** A new page of the size of a small screen. */
    Page page(ColorScheme scheme) {
        BrowserContext context =
                browser.newContext(
                        new NewContextOptions().setViewportSize(1440, 900).setColorScheme(scheme));
        Page page = context.newPage();
        page.onConsoleMessage(
                message -> {
                    if (!message.type().equals("log")) {
                        complaints.add(message.type() + ": " + message.text());
                    }
                });
        page.onPageError(error -> complaints.add("error: " + error));
        page.onDialog(
                dialog -> {
                    complaints.add("dialog: " + dialog.message());
                    dialog.dismiss();
                });
        return page;
    }

    /** Fails if a page has complained, or has opened a dialog of its own. */
    void assertNoComplaints() {
        assertThat(complaints).isEmpty();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static boolean hasDriver() {
        try {
            Class.forName(DRIVER, false, Browser.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Optional<Path> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return PROGRAMS.stream()
                .flatMap(
                        program ->
                                Arrays.stream(path.split(File.pathSeparator))
                                        .map(folder -> Path.of(folder, program)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
