/** gRPC 1.60 and later, server: calls as roots, without their messages. */
@NullMarked
package io.sidetrace.instrumentation.grpc;

import org.jspecify.annotations.NullMarked;
