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
package io.frameflow.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.frameflow.engine.EngineInfo;
import io.frameflow.engine.HostEngine;
import io.frameflow.engine.HostExecution;
import io.frameflow.engine.NetworkSignature;
import io.frameflow.failure.FailureCode;
import io.frameflow.failure.FrameflowException;
import io.frameflow.model.InputSpec;
import io.frameflow.model.OnnxRuntimeOptions;
import io.frameflow.resource.NativeResource;
import io.frameflow.resource.Rollback;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A network on the CPU in single precision. An image gives the same bytes whatever batch it is in:
 * measured for the networks of the reference data, and tested there.
 */
public final class OnnxRuntimeEngine extends NativeResource implements HostEngine {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final EngineInfo info;
    private final NetworkShape shape;

    private OnnxRuntimeEngine(
            OrtEnvironment environment, OrtSession session, EngineInfo info, NetworkShape shape) {
        super("ONNX Runtime session", 0);
        this.environment = environment;
        this.session = session;
        this.info = info;
        this.shape = shape;
        opened();
    }

    /**
     * Loads a network and checks that it takes what the model file says.
     *
     * @param network the ONNX file
     * @param input what the model file says about the input
     * @param options how many threads it may use
     * @throws FrameflowException with {@code INVALID_MODEL} if the file is missing, is no ONNX
     *     file, has operators that are not supported, or has another input; with {@code
     *     ENGINE_UNAVAILABLE} if ONNX Runtime does not run on this machine
     */
    public static OnnxRuntimeEngine open(
            Path network, InputSpec input, OnnxRuntimeOptions options) {
        String sha256 = sha256(network);
        OrtEnvironment environment = environment();
        try (Rollback rollback = new Rollback()) {
            OrtSession session = rollback.add(session(environment, network, options));
            NetworkShape shape = new SignatureReader(environment, session, network, input).read();
            EngineInfo info =
                    new EngineInfo("onnxruntime", environment.getVersion(), "fp32", sha256);
            OnnxRuntimeEngine engine = new OnnxRuntimeEngine(environment, session, info, shape);
            rollback.commit();
            return engine;
        } catch (OrtException e) {
            throw OrtFailures.loading(network, e);
        }
    }

    private static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        } catch (LinkageError | IllegalStateException e) {
            throw new FrameflowException(
                    FailureCode.ENGINE_UNAVAILABLE,
                    "ONNX Runtime does not run on this machine ("
                            + e
                            + "); it has libraries for Linux, macOS and Windows on x86-64 and"
                            + " 64-bit ARM, and needs glibc on Linux",
                    e);
        }
    }

    private static OrtSession session(
            OrtEnvironment environment, Path network, OnnxRuntimeOptions options)
            throws OrtException {
        try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
            settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            settings.setIntraOpNumThreads(options.threads());
            settings.setInterOpNumThreads(1);
            // Threads that spin while they wait take the processor from other slots and stages.
            settings.addConfigEntry("session.intra_op.allow_spinning", "0");
            settings.setDeterministicCompute(true);
            return environment.createSession(network.toString(), settings);
        }
    }

    private static String sha256(Path network) {
        try (InputStream file = Files.newInputStream(network)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(file, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new FrameflowException(
                    FailureCode.INVALID_MODEL, "cannot read the network " + network + ": " + e, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public NetworkSignature signature() {
        return shape.signature();
    }

    @Override
    public HostExecution newExecution(int capacity) {
        checkOpen();
        return OnnxRuntimeExecution.open(environment, session, shape, capacity);
    }

    @Override
    protected void free() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("cannot close the ONNX Runtime session", e);
        }
    }
}
