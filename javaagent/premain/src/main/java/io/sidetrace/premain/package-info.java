/**
 * What the JVM sees of the agent at its start. Java 8 bytecode and JDK types only, so that an older
 * JVM loads it and can say why it steps aside. Not marked {@code @NullMarked}, which Java 8 cannot
 * read; the build checks for null all the same.
 */
package io.sidetrace.premain;
