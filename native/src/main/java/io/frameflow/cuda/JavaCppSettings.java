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
package io.frameflow.cuda;

/**
 * Keeps JavaCPP from managing memory. By default it frees native memory when the garbage collector
 * comes by, and refuses to allocate once the process is larger than four times its heap, both of
 * which are wrong for a process that owns its memory explicitly and maps gigabytes of CUDA
 * libraries.
 */
final class JavaCppSettings {
    private static final String PREFIX = "org.bytedeco.javacpp.";

    private JavaCppSettings() {}

    /** Takes effect if called before JavaCPP's Pointer class is loaded. */
    static void apply() {
        setDefault("nopointergc", "true");
        setDefault("maxbytes", "0");
        setDefault("maxphysicalbytes", "0");
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(PREFIX + name) == null) {
            System.setProperty(PREFIX + name, value);
        }
    }
}
