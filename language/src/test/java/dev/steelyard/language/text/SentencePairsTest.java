package dev.steelyard.language.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentencePairsTest {

    private static List<SentencePair> read(String xml) {
        return SentencePairs.read("rules.xml", new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    /** The artifact itself: a count that changes when its rules are read otherwise, and a pair that a person can check. */
    @Test
    void theArtifactsPairsAreRead() {
        List<SentencePair> pairs = SentencePairs.languageTool();
        assertThat(pairs).hasSize(9433).doesNotHaveDuplicates();
        assertThat(pairs).allSatisfy(pair -> {
            assertThat(pair.rule()).isNotBlank();
            assertThat(pair.faulty()).isNotBlank().isNotEqualTo(pair.corrected());
            assertThat(pair.corrected()).isNotBlank();
        });
    }

    @Test
    void anExampleGivesItsMarkedFaultAndTheFirstCorrection() {
        List<SentencePair> pairs = read("""
            <!DOCTYPE rules [<!ENTITY bracket "[^\\p{L}]|x">]>
            <rules>
              <rulegroup id="GROUP"><rule>
                <pattern><token regexp="yes">&bracket;</token></pattern>
                <example correction="an|the">This is
                    <marker>a</marker> apple.</example>
                <example>This is right.</example>
                <example correction="">This <marker>warns</marker> only.</example>
                <example correction="x">No mark.</example>
              </rule></rulegroup>
              <rule id="RULE"><example correction="Its"><marker>It's</marker> colour</example></rule>
            </rules>
            """);
        assertThat(pairs)
                .containsExactly(
                        new SentencePair("GROUP", "This is a apple.", "This is an apple."),
                        new SentencePair("RULE", "It's colour", "Its colour"));
    }

    @Test
    void nothingOutsideIsFetchedAndNothingSwells(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
        List<SentencePair> pairs = read("""
            <!DOCTYPE rules [
              <!ENTITY outside SYSTEM "%s">
              <!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">
            ]>
            <rules><rule id="R">
              <example correction="x">&outside; <marker>y</marker></example>
              <example correction="x">&c; <marker>y</marker></example>
              <example correction="x">z <marker>y</marker></example>
            </rule></rules>
            """.formatted(secret.toUri()));
        assertThat(pairs).containsExactly(new SentencePair("R", "z y", "z x"));
        assertThatThrownBy(() -> read("<!DOCTYPE rules SYSTEM \"%s\"><rules/>".formatted(secret.toUri())))
                .isInstanceOf(TextDataException.class)
                .hasMessageContaining("rules.xml:1");
    }

    @Test
    void rulesThatAreNotWellFormedAreNamedWithTheirLine() {
        assertThatThrownBy(() -> read("<rules>\n<rule id=\"R\">\n</rules>"))
                .isInstanceOf(TextDataException.class)
                .hasMessageContaining("rules.xml:3");
    }
}
