/**
 * The configuration of the job: typed options, the files and arguments they are read from, and one
 * validated tree of settings.
 *
 * <p>{@code docs/configuration.md} is generated from the options here.
 */
@NullMarked
package io.frameflow.job.config;

import org.jspecify.annotations.NullMarked;
