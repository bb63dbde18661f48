package io.sidetrace.daemon.export;

import io.sidetrace.daemon.shape.Observation;

/** An observation on its way through a lane. */
record Item(Observation observation, Ticket ticket, int bytes) {}
