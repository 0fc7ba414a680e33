/**
 * The web side of the live window: a page, a stream of what is new, pictures, and one door for
 * changes. Whoever has not the token sees nothing; a client that reads slowly loses frames, never
 * holds others up.
 */
@NullMarked
package io.frameflow.cli.view.web;

import org.jspecify.annotations.NullMarked;
