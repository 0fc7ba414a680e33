/**
 * How records cross from one operator to another: type information and serializers, so that nothing
 * falls back to generic serialization.
 */
@NullMarked
package io.frameflow.operators.types;

import org.jspecify.annotations.NullMarked;
