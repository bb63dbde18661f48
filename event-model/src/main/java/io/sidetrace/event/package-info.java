/** The contract between agent and daemon: the event, its codec and the spool's file format. */
@NullMarked
package io.sidetrace.event;

import org.jspecify.annotations.NullMarked;
