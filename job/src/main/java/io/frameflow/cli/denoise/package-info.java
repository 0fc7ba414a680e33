/** Noise reduction on files: reading clips, and filtering their pictures. */
@NullMarked
package io.frameflow.cli.denoise;

import org.jspecify.annotations.NullMarked;
