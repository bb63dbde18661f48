package io.sidetrace.demo;

/** What the chat service answers. */
public record ChatAnswer(String model, String content, long promptTokens, long completionTokens) {}
