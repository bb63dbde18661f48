/**
 * Finds the methods that instrumentations name, puts calls into them and links these calls to
 * advice.
 */
@NullMarked
package io.sidetrace.agent.weave;

import org.jspecify.annotations.NullMarked;
