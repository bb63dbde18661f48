/**
 * What advice may call: context, the two call APIs and spans. Nothing here throws, waits or blocks,
 * and every method may be called on an application's thread.
 */
@NullMarked
package io.sidetrace.agent.api;

import org.jspecify.annotations.NullMarked;
