package io.frameflow.cuda.kernel;

/** Type of the elements of a tensor that kernels write or read. */
public enum ElementType {
    /** IEEE single precision. */
    FLOAT32(4),
    /** IEEE half precision. */
    FLOAT16(2);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Size of an element. */
    public int bytes() {
        return bytes;
    }

    String flag() {
        return this == FLOAT16 ? "1" : "0";
    }
}
