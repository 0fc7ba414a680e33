/** Access to reference data for tests. */
@NullMarked
package io.frameflow.reference;

import org.jspecify.annotations.NullMarked;
