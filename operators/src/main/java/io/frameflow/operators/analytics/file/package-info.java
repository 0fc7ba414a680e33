/** The analytics file: nvdsanalytics' groups and keys in YAML, for each camera. */
@NullMarked
package io.frameflow.operators.analytics.file;

import org.jspecify.annotations.NullMarked;
