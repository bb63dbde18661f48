package io.sidetrace.instrumentation.springkafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sidetrace.agent.api.Span;
import java.util.Iterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What runs at the methods that {@link SpringKafkaInstrumentation} names. */
public final class ListenerAdvice {

  private ListenerAdvice() {}

  public static @Nullable Span enterRecord(Object consumer, ConsumerRecord<?, ?> record) {
    return Span.beginJob(record.topic().concat(" process"), name -> header(record, name));
  }

  /** Its records may come from many traces, so it belongs to none of them. */
  public static @Nullable Span enterBatch(Object consumer, ConsumerRecords<?, ?> records) {
    Iterator<TopicPartition> partitions = records.partitions().iterator();
    String topic = partitions.hasNext() ? partitions.next().topic() : "kafka";
    return Span.beginJob(topic.concat(" process batch"), name -> null);
  }

  public static void exitListener(@Nullable Span job, @Nullable Throwable thrown) {
    if (job != null) {
      job.end(thrown == null || thrown.getCause() == null ? thrown : thrown.getCause());
    }
  }

  private static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }
}
