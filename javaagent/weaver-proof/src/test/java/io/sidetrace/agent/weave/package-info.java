/** The proof of the weaver, beside it in its package, since it weaves what no rule would. */
package io.sidetrace.agent.weave;
