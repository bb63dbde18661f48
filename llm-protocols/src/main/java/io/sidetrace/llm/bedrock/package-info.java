/** Amazon Bedrock: Converse, and InvokeModel with each model family's own bodies. */
@NullMarked
package io.sidetrace.llm.bedrock;

import org.jspecify.annotations.NullMarked;
