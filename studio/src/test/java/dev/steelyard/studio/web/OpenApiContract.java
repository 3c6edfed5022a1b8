package dev.steelyard.studio.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Holds a service against its OpenAPI document: every route stands in it and every operation is served, its examples fit
 * their schemas, and so do the answers that the service gives.
 */
public final class OpenApiContract {

    private static final Set<String> METHODS =
            Set.of("get", "post", "put", "patch", "delete", "head", "options", "trace");

    private final OpenApi document;
    private final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    public OpenApiContract(OpenApi document) {
        this.document = document;
    }

    /** What a server serves, such as {@code GET /openapi.json}. */
    public static Set<String> routes(Javalin server, Predicate<String> paths) {
        return server.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(OpenApiContract::isHttp)
                .filter(endpoint -> paths.test(endpoint.path))
                .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isHttp(Endpoint endpoint) {
        return HandlerType.commonHttp().contains(endpoint.method);
    }

    /** The document's operations are the service's routes, all of them. */
    public void describes(Collection<String> routes) {
        assertThat(routes).isNotEmpty();
        assertThat(document.operations())
                .as("operations of the document, and routes that are served")
                .containsExactlyInAnyOrderElementsOf(routes);
    }

    /** Every operation says what it takes and gives; every example fits its schema. @return how many examples there are */
    public int examplesAreValid() {
        int examples = 0;
        for (Map.Entry<String, JsonNode> path : document.tree().get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation :
                    document.resolve(path.getValue()).properties()) {
                if (METHODS.contains(operation.getKey())) {
                    String where = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                    examples += examplesAreValid(where, path.getKey(), operation.getValue());
                }
            }
        }
        return examples;
    }

    private int examplesAreValid(String where, String path, JsonNode operation) {
        assertThat(operation.path("summary").asText()).as(where).isNotBlank();
        List<String> parameters = new ArrayList<>();
        operation.path("parameters").forEach(each -> {
            JsonNode parameter = document.resolve(each);
            if (parameter.path("in").asText().equals("path")) {
                parameters.add("{" + parameter.path("name").asText() + "}");
            }
        });
        String[] segments = path.split("/");
        assertThat(parameters)
                .as("path parameters of " + where)
                .containsExactlyInAnyOrderElementsOf(List.of(segments).stream()
                        .filter(segment -> segment.startsWith("{"))
                        .toList());
        int examples = contentIsValid(where, document.resolve(operation.path("requestBody")));
        JsonNode responses = operation.path("responses");
        assertThat(responses.isEmpty()).as(where + " gives nothing").isFalse();
        for (Map.Entry<String, JsonNode> response : responses.properties()) {
            examples += contentIsValid(where + " " + response.getKey(), document.resolve(response.getValue()));
        }
        return examples;
    }

    private int contentIsValid(String where, JsonNode holder) {
        int examples = 0;
        for (Map.Entry<String, JsonNode> content : holder.path("content").properties()) {
            JsonNode media = content.getValue();
            assertThat(media.has("schema")).as(where + " has no schema").isTrue();
            List<JsonNode> all = new ArrayList<>();
            if (media.has("example")) {
                all.add(media.get("example"));
            }
            media.path("examples")
                    .forEach(example -> all.add(document.resolve(example).get("value")));
            for (JsonNode example : all) {
                fits(where + " example", media.get("schema"), example);
                examples++;
            }
        }
        return examples;
    }

    /**
     * An answer is one that the document promises.
     *
     * @param operation such as {@code GET /experiments/{id}}
     * @param body its text; each line by itself where the answer is JSON lines
     */
    public void promises(String operation, int status, String contentType, String body) {
        String[] parts = operation.split(" ");
        JsonNode described =
                document.resolve(document.tree().get("paths").path(parts[1])).path(parts[0].toLowerCase(Locale.ROOT));
        JsonNode response = document.resolve(described.path("responses").path(String.valueOf(status)));
        assertThat(response.isMissingNode())
                .as(operation + " answered " + status + ", which is not in the document: " + body)
                .isFalse();
        String type = contentType.replaceAll(";.*", "").strip();
        JsonNode media = response.path("content").path(type);
        assertThat(media.isMissingNode())
                .as(operation + " " + status + " is of type " + type + ", which is not in the document")
                .isFalse();
        if (type.equals("application/x-ndjson")) {
            body.lines().forEach(line -> fits(operation + " " + status, media.get("schema"), Json.read(line)));
        } else if (type.equals("application/json")) {
            fits(operation + " " + status, media.get("schema"), Json.read(body));
        }
    }

    private void fits(String where, JsonNode schema, JsonNode value) {
        assertThat(value).as(where).isNotNull();
        ObjectNode whole = Json.object();
        whole.set("components", document.tree().get("components"));
        whole.setAll((ObjectNode) schema.deepCopy());
        assertThat(schemas.getSchema(whole).validate(value))
                .as(where + ": " + value)
                .extracting(ValidationMessage::getMessage)
                .isEmpty();
    }
}
