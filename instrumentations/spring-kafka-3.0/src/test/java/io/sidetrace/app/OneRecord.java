package io.sidetrace.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * A consumer that gets one record and then none, without a broker. Kafka's own MockConsumer is made
 * differently in Kafka 3 and 4.
 */
final class OneRecord {

  private OneRecord() {}

  @SuppressWarnings("unchecked")
  static ConsumerFactory<String, String> factory(ConsumerRecord<String, String> record) {
    Consumer<String, String> consumer = consumer(record);
    return (ConsumerFactory<String, String>)
        proxy(
            ConsumerFactory.class,
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "createConsumer" -> consumer;
                  case "getConfigurationProperties" -> Map.of();
                  default -> standard(method.getReturnType());
                });
  }

  @SuppressWarnings("unchecked")
  private static Consumer<String, String> consumer(ConsumerRecord<String, String> record) {
    var partition = new TopicPartition(record.topic(), record.partition());
    var given = new AtomicBoolean();
    return (Consumer<String, String>)
        proxy(
            Consumer.class,
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "poll" -> {
                    if (given.compareAndSet(false, true)) {
                      yield records(partition, record);
                    }
                    LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
                    yield ConsumerRecords.empty();
                  }
                  case "assignment" -> Set.of(partition);
                  default -> standard(method.getReturnType());
                });
  }

  /** Kafka 4 has another constructor, and still this one where it is deprecated. */
  private static Object records(TopicPartition partition, ConsumerRecord<String, String> record)
      throws Exception {
    var records = Map.of(partition, List.of(record));
    for (var constructor : ConsumerRecords.class.getConstructors()) {
      if (constructor.getParameterCount() == 1) {
        return constructor.newInstance(records);
      }
    }
    return ConsumerRecords.class.getConstructors()[0].newInstance(records, Map.of());
  }

  private static Object standard(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    if (type == Map.class) {
      return Map.of();
    }
    if (type == Set.class) {
      return Set.of();
    }
    return type == List.class ? List.of() : type == long.class ? (Object) 0L : null;
  }

  private static Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(OneRecord.class.getClassLoader(), new Class<?>[] {type}, handler);
  }
}
