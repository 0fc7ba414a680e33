/** Rules for the code of all modules. There is no list of exceptions, and there never shall be. */
package io.frameflow.architecture;
