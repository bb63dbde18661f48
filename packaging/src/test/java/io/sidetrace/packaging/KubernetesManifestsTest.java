package io.sidetrace.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.sidetrace.daemon.run.OptionsReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class KubernetesManifestsTest {
  private static final Path FOLDER = Path.of("../deploy/kubernetes");

  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "v1/Namespace", Namespace.class,
          "v1/Secret", Secret.class,
          "v1/ConfigMap", ConfigMap.class,
          "v1/Service", Service.class,
          "apps/v1/Deployment", Deployment.class,
          "apps/v1/DaemonSet", DaemonSet.class,
          "apps/v1/StatefulSet", StatefulSet.class,
          "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class);

  /** The model keeps fields it does not know; here they are errors. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  @ParameterizedTest
  @ValueSource(strings = {"sidecar.yaml", "node-agent.yaml", "central.yaml"})
  void manifest_hasOnlyFieldsThatKubernetesKnows(String name) throws Exception {
    List<JsonNode> objects = objects(name);

    assertThat(objects).isNotEmpty();
    for (JsonNode object : objects) {
      String kind = object.get("apiVersion").asText() + "/" + object.get("kind").asText();
      assertThat(KINDS).containsKey(kind);
      assertThat(STRICT.treeToValue(object, KINDS.get(kind))).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sidecar.yaml", "node-agent.yaml", "central.yaml"})
  void names_fitTogether(String name) throws Exception {
    for (JsonNode object : objects(name)) {
      JsonNode template = object.at("/spec/template");
      if (template.isMissingNode()) {
        continue;
      }
      assertThat(template.at("/metadata/labels"))
          .isEqualTo(object.at("/spec/selector/matchLabels"));
      Set<String> volumes = new HashSet<>();
      template.at("/spec/volumes").forEach(volume -> volumes.add(volume.get("name").asText()));
      object
          .at("/spec/volumeClaimTemplates")
          .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
      for (JsonNode container : containers(template)) {
        for (JsonNode mount : container.path("volumeMounts")) {
          assertThat(volumes).contains(mount.get("name").asText());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sidecar.yaml", "node-agent.yaml", "central.yaml"})
  void variables_areOptionsOfTheDaemon(String name) throws Exception {
    Set<String> known = new HashSet<>(Set.of("POD_NAME"));
    OptionsReader.components()
        .forEach(
            option -> {
              known.add(OptionsReader.variable(option));
              known.addAll(List.of(OptionsReader.setting(option).env()));
            });
    int daemons = 0;
    for (JsonNode object : objects(name)) {
      for (JsonNode container : containers(object.at("/spec/template"))) {
        if (container.get("name").asText().equals("sidetrace")) {
          daemons++;
          container.get("env").forEach(v -> assertThat(known).contains(v.get("name").asText()));
        }
      }
      if (object.at("/metadata/name").asText().equals("langfuse")) {
        object.get("stringData").fieldNames().forEachRemaining(v -> assertThat(known).contains(v));
      }
    }
    assertThat(daemons).isEqualTo(1);
  }

  private static List<JsonNode> containers(JsonNode template) {
    List<JsonNode> all = new ArrayList<>();
    template.at("/spec/containers").forEach(all::add);
    template.at("/spec/initContainers").forEach(all::add);
    return all;
  }

  private static List<JsonNode> objects(String name) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    try (InputStream file = Files.newInputStream(FOLDER.resolve(name))) {
      yaml.loadAll(file).forEach(object -> objects.add(STRICT.valueToTree(object)));
    }
    return objects;
  }
}
