package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.annotation.EnableRabbit;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.DirectRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Listeners of each kind of container, which call an LLM if the message says so. */
@EnableRabbit
@Configuration(proxyBeanMethods = false)
class RabbitApplication {
  static final String PORT = "test.broker.port";

  /** What the listeners found, one entry for each delivery. */
  static final BlockingQueue<String> SEEN = new LinkedBlockingQueue<>();

  @RabbitListener(queues = "simple", containerFactory = "simple")
  void simple(Message message) {
    work(message);
  }

  @RabbitListener(queues = "direct", containerFactory = "direct")
  void direct(Message message) {
    work(message);
  }

  @RabbitListener(queues = "batched", containerFactory = "batched")
  void batched(List<Message> messages) {
    work(messages.get(0));
  }

  private static void work(Message message) {
    String asked = new String(message.getBody(), UTF_8);
    if (asked.equals("nothing")) {
      SEEN.add(Context.current() == null ? "nothing" : "a context");
      return;
    }
    ClientCall.begin("test", "POST", "https://api.openai.com/v1/chat/completions").end();
    SEEN.add("called");
    if (asked.equals("fail")) {
      throw new IllegalStateException("boom");
    }
  }

  @Bean
  ConnectionFactory connections() {
    var factory = new CachingConnectionFactory("127.0.0.1", Integer.getInteger(PORT));
    factory.setVirtualHost("default");
    return factory;
  }

  @Bean
  RabbitAdmin admin(ConnectionFactory connections) {
    return new RabbitAdmin(connections);
  }

  @Bean
  RabbitTemplate template(ConnectionFactory connections) {
    return new RabbitTemplate(connections);
  }

  @Bean
  Queue simpleQueue() {
    return new Queue("simple", false);
  }

  @Bean
  Queue directQueue() {
    return new Queue("direct", false);
  }

  @Bean
  Queue batchedQueue() {
    return new Queue("batched", false);
  }

  @Bean
  SimpleRabbitListenerContainerFactory simple(ConnectionFactory connections) {
    var factory = new SimpleRabbitListenerContainerFactory();
    factory.setConnectionFactory(connections);
    factory.setAcknowledgeMode(AcknowledgeMode.NONE); // this broker brings back what is refused
    return factory;
  }

  @Bean
  DirectRabbitListenerContainerFactory direct(ConnectionFactory connections) {
    var factory = new DirectRabbitListenerContainerFactory();
    factory.setConnectionFactory(connections);
    factory.setAcknowledgeMode(AcknowledgeMode.NONE); // this broker brings back what is refused
    return factory;
  }

  @Bean
  SimpleRabbitListenerContainerFactory batched(ConnectionFactory connections) {
    SimpleRabbitListenerContainerFactory factory = simple(connections);
    factory.setAcknowledgeMode(AcknowledgeMode.AUTO);
    factory.setBatchListener(true);
    factory.setConsumerBatchEnabled(true);
    factory.setBatchSize(2);
    factory.setReceiveTimeout(100L);
    return factory;
  }
}
