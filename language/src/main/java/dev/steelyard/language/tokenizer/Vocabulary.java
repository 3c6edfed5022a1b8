package dev.steelyard.language.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tokens and merges that a trainer gathers, and their {@code tokenizer.json}. */
final class Vocabulary {

    private final List<String> specialTokens;
    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final List<String> tokens = new ArrayList<>();
    private final int[] byteIds = new int[256];
    private final List<String> merges = new ArrayList<>();

    Vocabulary(List<String> specialTokens) {
        this.specialTokens = specialTokens;
        specialTokens.forEach(this::add);
    }

    private int add(String token) {
        Integer known = ids.putIfAbsent(token, tokens.size());
        if (known != null) {
            return known;
        }
        tokens.add(token);
        return tokens.size() - 1;
    }

    void addByte(int value, char character) {
        byteIds[value] = add(String.valueOf(character));
    }

    int byteId(byte value) {
        return byteIds[Byte.toUnsignedInt(value)];
    }

    int size() {
        return tokens.size();
    }

    /** The id of two tokens joined; two different pairs may join to the same token. */
    int merge(int left, int right) {
        merges.add(tokens.get(left) + " " + tokens.get(right));
        return add(tokens.get(left) + tokens.get(right));
    }

    byte[] json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (String token : specialTokens) {
            added.addObject()
                    .put("id", ids.get(token))
                    .put("content", token)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putNull("normalizer");
        byteLevel(root.putObject("pre_tokenizer"));
        root.putNull("post_processor");
        byteLevel(root.putObject("decoder"));
        ObjectNode model = root.putObject("model");
        model.put("type", "BPE");
        model.putNull("dropout");
        model.putNull("unk_token");
        model.putNull("continuing_subword_prefix");
        model.putNull("end_of_word_suffix");
        model.put("fuse_unk", false);
        model.put("byte_fallback", false);
        model.put("ignore_merges", false);
        ObjectNode vocabulary = model.putObject("vocab");
        ids.forEach(vocabulary::put);
        merges.forEach(model.putArray("merges")::add);
        return text(root).getBytes(StandardCharsets.UTF_8);
    }

    /** {@code tokenizer_config.json}: no tokens but those of the file, and which of them ends a text. */
    String config() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("tokenizer_class", "PreTrainedTokenizerFast");
        root.put("clean_up_tokenization_spaces", false);
        BytePairOptions.ENDS_OF_TEXT.stream()
                .filter(specialTokens::contains)
                .findFirst()
                .ifPresent(end -> root.put("eos_token", end));
        return text(root);
    }

    private static String text(ObjectNode root) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
        }
    }

    private static void byteLevel(ObjectNode node) {
        node.put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
    }
}
