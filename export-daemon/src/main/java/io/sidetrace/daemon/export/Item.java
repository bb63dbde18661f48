package io.sidetrace.daemon.export;

/** A prepared observation on its way through a lane. */
record Item<T>(T prepared, Ticket ticket, int bytes) {}
