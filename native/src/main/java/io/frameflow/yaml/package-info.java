/**
 * YAML files that people write: read with the line of every value, so that all problems can be told
 * at once, each with its place and what is right.
 */
@NullMarked
package io.frameflow.yaml;

import org.jspecify.annotations.NullMarked;
