package io.sidetrace.agent.weave;

/**
 * A rule as woven code and the linker know it.
 *
 * @param number by which woven code names it
 * @param ownPackage the instrumentation's, with a dot at its end
 */
record NumberedRule(int number, Rule rule, String ownPackage, AdviceFailures failures) {}
