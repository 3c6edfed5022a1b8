package dev.steelyard.language.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextCorpusTest {

    @TempDir
    Path folder;

    private static List<String> texts(TextCorpus corpus) {
        return corpus.documents().stream().map(Document::text).toList();
    }

    /** WordNet 3.1 has 117,791 synsets: 82,192 of nouns, 13,789 of verbs, 18,185 of adjectives, 3,625 of adverbs. */
    @Test
    void wordnetsGlossesAreThere() {
        TextCorpus corpus = TextCorpus.wordnet();
        assertThat(corpus.documents()).hasSize(117_791);
        assertThat(corpus.documents().getFirst())
                .isEqualTo(new Document(
                        "data.noun:00001740",
                        "that which is perceived or known or inferred to have its own distinct existence (living or "
                                + "nonliving)"));
        assertThat(corpus.documents().stream()
                        .filter(document -> document.name().startsWith("data.verb:")))
                .hasSize(13_789);
        assertThat(corpus.characters()).isBetween(8_000_000L, 9_000_000L);
    }

    @Test
    void plainTextGivesItsParagraphsOrAsAWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "\uFEFFone\ntwo\n\n \n\nthree\n");
        assertThat(TextCorpus.files(List.of(file)).documents())
                .containsExactly(new Document("notes.txt:1", "one\ntwo"), new Document("notes.txt:6", "three"));
        TextFileOptions whole = TextFileOptions.DEFAULTS.withPlainText(TextFileOptions.PlainText.WHOLE_FILES);
        assertThat(texts(TextCorpus.files(List.of(file), whole))).containsExactly("one\ntwo\n\n \n\nthree");
    }

    @Test
    void jsonLinesGiveTheirField() throws IOException {
        Path file = Files.writeString(
                folder.resolve("notes.jsonl"),
                "{\"text\": \"one\\ntwo\", \"id\": 1}\n\n{\"text\": \" \"}\n{\"text\":\"x\"}");
        assertThat(TextCorpus.files(List.of(file)).documents())
                .containsExactly(new Document("notes.jsonl:1", "one\ntwo"), new Document("notes.jsonl:4", "x"));
        Path other = Files.writeString(folder.resolve("other.ndjson"), "{\"body\": \"b\"}\n");
        assertThat(texts(TextCorpus.files(List.of(other), TextFileOptions.DEFAULTS.withJsonField("body"))))
                .containsExactly("b");
        assertThatThrownBy(() -> TextCorpus.files(List.of(file, other)))
                .isInstanceOf(TextDataException.class)
                .hasMessageContaining("other.ndjson:1")
                .hasMessageContaining("'text'");
    }

    @Test
    void aTextMayBeLongerThanParsersAllow() throws IOException {
        String text = "long ".repeat(4_100_000);
        Path file = Files.writeString(folder.resolve("long.jsonl"), "{\"text\": \"" + text + "\"}\n");
        assertThat(TextCorpus.files(List.of(file)).characters()).isEqualTo(text.length());
    }

    @Test
    void filesThatCannotBeReadAreNamedWithTheirLine() throws IOException {
        Path missing = folder.resolve("missing.txt");
        assertThatThrownBy(() -> TextCorpus.files(List.of(missing))).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> TextCorpus.files(List.of(folder))).hasMessageContaining("is not a file");
        assertThatThrownBy(() -> TextCorpus.files(List.of())).hasMessageContaining("no file");
        Path blank = Files.writeString(folder.resolve("blank.txt"), "\n \n");
        assertThatThrownBy(() -> TextCorpus.files(List.of(blank))).hasMessageContaining("is empty");
        Path latin = Files.write(folder.resolve("latin.txt"), "a\nb\ncaf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TextCorpus.files(List.of(latin))).hasMessageContaining("latin.txt:3: the bytes");
        Path two = Files.writeString(folder.resolve("two.jsonl"), "{\"text\": \"a\"} {\"text\": \"b\"}");
        assertThatThrownBy(() -> TextCorpus.files(List.of(two))).hasMessageContaining("two.jsonl:1: the line is not");
    }

    /** Each document decides for itself: neither order nor company changes its side, and copies stay together. */
    @Test
    void theSplitDependsOnEachTextAlone() {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            documents.add(new Document("d" + i, "text number " + i % 2_000));
        }
        TextCorpus.Split split = new TextCorpus(documents).split(0.1);
        Set<String> heldOut = new HashSet<>(texts(split.heldOut()));
        assertThat(heldOut).doesNotContainAnyElementsOf(texts(split.train()));
        assertThat(split.train().documents().size()
                        + split.heldOut().documents().size())
                .isEqualTo(4_000);
        assertThat(heldOut.size() / 2_000.0).isCloseTo(0.1, within(0.02));
        Collections.shuffle(documents, new Random(1));
        assertThat(texts(new TextCorpus(documents.subList(0, 2_500)).split(0.1).heldOut()))
                .isSubsetOf(heldOut);
        assertThatThrownBy(() -> new TextCorpus(documents).split(1)).hasMessageContaining("heldOutFraction");
        assertThatThrownBy(() -> new TextCorpus(documents.subList(0, 1)).split(0.5))
                .hasMessageContaining("both sides need at least one");
    }
}
