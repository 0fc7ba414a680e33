/** Encoded pictures in, pixels out; bad pictures end as failures that name their cause. */
@NullMarked
package io.frameflow.decode;

import org.jspecify.annotations.NullMarked;
