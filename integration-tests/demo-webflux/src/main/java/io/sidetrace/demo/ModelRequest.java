package io.sidetrace.demo;

import java.util.List;

/** What the service asks the model. */
public record ModelRequest(String model, List<ChatRequest.Message> messages, boolean stream) {}
