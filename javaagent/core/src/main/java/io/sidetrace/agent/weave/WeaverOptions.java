package io.sidetrace.agent.weave;

import java.io.File;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * @param disabled names of the instrumentations that are switched off
 * @param ignoredLoader whose classes are never woven: the agent's, since its own Netty or HTTP
 *     client is no work of the application; null where agent and application share a loader, in
 *     tests
 * @param dumpDirectory where woven classes are written, for the debugger; null for nowhere
 */
public record WeaverOptions(
    Set<String> disabled, @Nullable ClassLoader ignoredLoader, @Nullable File dumpDirectory) {}
