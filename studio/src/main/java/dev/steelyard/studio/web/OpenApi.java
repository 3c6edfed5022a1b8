package dev.steelyard.studio.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A service's OpenAPI 3.1 document. The service's own part lies beside a class; what all services share, such as
 * {@code #/components/responses/Unauthorized} or {@code #/components/pathItems/Health}, is added to its components, so that a
 * document only refers to it.
 *
 * <pre>{@code
 * OpenApi document = OpenApi.beside(DecisionServer.class, "openapi.json");
 * config.routes.get(OpenApi.PATH, context -> context.contentType("application/json").result(document.text()));
 * }</pre>
 */
public final class OpenApi {

    /** Where a service gives its document. */
    public static final String PATH = "/openapi.json";

    private final ObjectNode tree;
    private final String text;

    private OpenApi(ObjectNode tree) {
        this.tree = tree;
        this.text = tree.toPrettyString();
    }

    /**
     * Reads the document that lies beside a class.
     *
     * @throws IllegalStateException if it is not in the jar, or defines anew what is shared
     */
    public static OpenApi beside(Class<?> owner, String name) {
        ObjectNode own = resource(owner, name);
        resource(OpenApi.class, "openapi-shared.json").properties().forEach(group -> {
            ObjectNode components = own.withObjectProperty("components").withObjectProperty(group.getKey());
            for (Map.Entry<String, JsonNode> shared : group.getValue().properties()) {
                if (components.has(shared.getKey())) {
                    throw new IllegalStateException(name + " defines " + group.getKey() + "/" + shared.getKey()
                            + ", which all services share; give it another name");
                }
                components.set(shared.getKey(), shared.getValue());
            }
        });
        return new OpenApi(own);
    }

    private static ObjectNode resource(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " does not lie beside " + owner.getName());
            }
            return Json.object(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(name + " beside " + owner.getName() + " cannot be read", e);
        }
    }

    /** The document as it is served. */
    public String text() {
        return text;
    }

    /** The document as a tree; a copy. */
    public ObjectNode tree() {
        return tree.deepCopy();
    }

    /** Its operations, such as {@code POST /experiments/{id}/feedback}. */
    public SortedSet<String> operations() {
        SortedSet<String> operations = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : tree.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> entry : resolve(path.getValue()).properties()) {
                switch (entry.getKey()) {
                    case "get", "post", "put", "patch", "delete", "head", "options", "trace" ->
                        operations.add(entry.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                    default -> {
                        // summary, description, parameters
                    }
                }
            }
        }
        return operations;
    }

    /**
     * The node itself, or what it refers to.
     *
     * @throws IllegalStateException if it refers to what is not in the document
     */
    public JsonNode resolve(JsonNode node) {
        JsonNode found = node;
        while (found.has("$ref")) {
            String reference = found.get("$ref").asText();
            found = tree.at(reference.substring(1));
            if (found.isMissingNode()) {
                throw new IllegalStateException("the document refers to " + reference + ", which it does not have");
            }
        }
        return found;
    }
}
