/** Results of the pipeline as Avro records. Total functions: every result has its record. */
@NullMarked
package io.frameflow.operators.mapping;

import org.jspecify.annotations.NullMarked;
