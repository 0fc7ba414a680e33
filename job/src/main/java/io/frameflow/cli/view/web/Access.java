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

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may see the page: those who know the token, which stands in the path of every address.
 *
 * <p>Against DNS rebinding, where a foreign page has its own name resolved to this machine,
 * requests must name a host that is this one: an address, {@code localhost}, or a name that was
 * allowed. The attacker's name is none of them.
 */
public final class Access {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{16,128}");
    private static final Pattern IP_V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IP_V6 = Pattern.compile("\\[[0-9a-fA-F:.%]+]");
    private static final int TOKEN_BYTES = 18;

    private final byte[] token;
    private final Set<String> names = new HashSet<>();

    /**
     * Rules.
     *
     * @param token see {@link #isToken}
     * @param allowedNames host names under which the page may be asked for, beside addresses,
     *     {@code localhost} and the name of this machine
     */
    public Access(String token, List<String> allowedNames) {
        if (!isToken(token)) {
            throw new IllegalArgumentException("not a token");
        }
        this.token = token.getBytes(StandardCharsets.UTF_8);
        names.add("localhost");
        ownName(names);
        allowedNames.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }

    /** Whether a text can be a token: 16 to 128 letters, digits, dashes and underscores. */
    public static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** A token that nobody can guess. */
    public static String randomToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether a text is the token; takes as long whatever is wrong with it. */
    boolean isGranted(String given) {
        return MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a {@code Host} header names this machine. */
    boolean isOwnHost(@Nullable String header) {
        if (header == null) {
            return false;
        }
        String host = header.replaceFirst(":[0-9]{1,5}$", "").toLowerCase(Locale.ROOT);
        return IP_V4.matcher(host).matches()
                || IP_V6.matcher(host).matches()
                || names.contains(host);
    }

    /**
     * Whether a request that changes something comes from our own page, or from no page at all.
     *
     * @param origin the {@code Origin} header
     * @param host the {@code Host} header
     */
    static boolean isOwnOrigin(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return true;
        }
        try {
            String authority = new URI(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void ownName(Set<String> names) {
        try {
            names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException e) {
            // A machine that does not know its name is asked for by address.
        }
    }
}
