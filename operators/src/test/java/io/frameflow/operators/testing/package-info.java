/** Stand-ins for what surrounds the operators, with knobs; other modules' tests use them too. */
package io.frameflow.operators.testing;
