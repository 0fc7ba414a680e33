/**
 * What the live window knows: for each camera the latest results, pictures and figures, bounded in
 * number and in bytes whatever comes. Knows neither Kafka nor the web.
 */
@NullMarked
package io.frameflow.cli.view.board;

import org.jspecify.annotations.NullMarked;
