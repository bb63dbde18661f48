package io.sidetrace.app;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Spring MVC in a Tomcat, put together as Spring Boot would. */
final class SpringApplication {
  private final Tomcat tomcat = new Tomcat();
  private final int port;

  SpringApplication(String contextPath, String servletMapping) throws Exception {
    this(contextPath, servletMapping, Beans.class);
  }

  SpringApplication(String contextPath, String servletMapping, Class<?> beans) throws Exception {
    Path folder = Files.createTempDirectory(new File("target").toPath(), "tomcat");
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    var context = tomcat.addContext(contextPath, folder.toAbsolutePath().toString());
    var spring = new AnnotationConfigWebApplicationContext();
    spring.register(beans);
    Wrapper wrapper = Tomcat.addServlet(context, "dispatcher", new DispatcherServlet(spring));
    wrapper.setAsyncSupported(true);
    wrapper.setLoadOnStartup(1);
    context.addServletMappingDecoded(servletMapping, "dispatcher");
    var page = new ErrorPage();
    page.setErrorCode(500);
    page.setLocation("/error-page");
    context.addErrorPage(page);
    tomcat.getConnector();
    tomcat.start();
    port = tomcat.getConnector().getLocalPort();
  }

  int port() {
    return port;
  }

  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  @Configuration
  @EnableWebMvc
  static class Beans implements WebMvcConfigurer {

    @Bean
    ChatController chats() {
      var proxies = new ProxyFactory(new ChatController());
      proxies.setProxyTargetClass(true);
      return (ChatController) proxies.getProxy();
    }

    @Bean
    RouterFunction<ServerResponse> functions() {
      return RouterFunctions.route()
          .GET("/functions/{name}", request -> ServerResponse.ok().body(ChatController.where()))
          .build();
    }

    @Bean
    AsyncTaskExecutor executor() {
      return new ThreadPoolTaskExecutor();
    }

    @Override
    public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
      configurer.setTaskExecutor(executor());
    }
  }
}
