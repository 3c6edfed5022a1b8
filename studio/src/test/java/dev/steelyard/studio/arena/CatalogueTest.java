package dev.steelyard.studio.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {

    @TempDir
    Path folder;

    private Path outputs;

    @BeforeEach
    void write() throws IOException {
        outputs = ArenaFixture.outputs(folder);
    }

    @Test
    void readsAFolderOfFolders() throws IOException {
        Catalogue catalogue = Catalogue.read(outputs, false);
        assertThat(catalogue.items()).isEqualTo(ArenaFixture.ITEMS);
        assertThat(catalogue.prompts())
                .containsExactly(
                        new Prompt("fox", "Write of a fox, briefly."), new Prompt("moon", "Write of the moon."));
        assertThat(catalogue.output("opus", "fox").kind()).isEqualTo(Output.Kind.TEXT);
    }

    @Test
    void readsAFolderOfFiles() throws IOException {
        Path flat = Files.createDirectories(folder.resolve("flat"));
        Files.write(flat.resolve("opus.png"), new byte[] {1});
        Files.write(flat.resolve("rondo.mp4"), new byte[] {1});
        Catalogue catalogue = Catalogue.read(flat, false);
        assertThat(catalogue.items()).containsExactly("opus", "rondo");
        assertThat(catalogue.output("rondo", "").kind()).isEqualTo(Output.Kind.VIDEO);
    }

    @Test
    void readsATable() throws IOException {
        Files.write(folder.resolve("a.png"), new byte[] {1});
        Path table = Files.writeString(
                folder.resolve("answers.csv"),
                "model,prompt,text,file\nopus,\"Say, please\",\"It says\nhello\",\nrondo,\"Say, please\",,a.png\n");
        Catalogue catalogue = Catalogue.read(table, false);
        assertThat(catalogue.output("opus", "Say, please").text()).isEqualTo("It says\nhello");
        assertThat(catalogue.output("rondo", "Say, please").kind()).isEqualTo(Output.Kind.IMAGE);
    }

    @Test
    void namesThePairThatLacksItsOutput() throws IOException {
        Files.delete(outputs.resolve("opus/moon.txt"));
        assertThatThrownBy(() -> Catalogue.read(outputs, false))
                .hasMessageContainingAll("'opus'", "'moon'", "--skip-incomplete");
        assertThat(Catalogue.read(outputs, true).prompts()).hasSize(1);
        Files.delete(outputs.resolve("etude/fox.txt"));
        assertThatThrownBy(() -> Catalogue.read(outputs, true)).hasMessageContaining("no prompt");
    }

    @Test
    void namesWhatIsWrong() throws IOException {
        assertThatThrownBy(() -> Catalogue.read(folder.resolve("nowhere"), false))
                .hasMessageContaining("nowhere");
        Files.writeString(outputs.resolve("opus/fox.exe"), "");
        assertThatThrownBy(() -> Catalogue.read(outputs, false)).hasMessageContainingAll("fox.exe", "webm");
        Files.delete(outputs.resolve("opus/fox.exe"));
        Files.writeString(outputs.resolve("opus/fox.md"), "");
        assertThatThrownBy(() -> Catalogue.read(outputs, false)).hasMessageContainingAll("fox.", "two outputs");
        Path one = Files.writeString(folder.resolve("one.csv"), "model,prompt,text\nopus,p,t\n");
        assertThatThrownBy(() -> Catalogue.read(one, false)).hasMessageContaining("at least 2");
        Path row = Files.writeString(folder.resolve("row.csv"), "model,prompt,text\nopus,p,t\nrondo,p\n");
        assertThatThrownBy(() -> Catalogue.read(row, false)).hasMessageContainingAll("row.csv:3", "2 fields");
        Path blank = Files.writeString(folder.resolve("blank.csv"), "model,prompt,text\nopus,p,t\nrondo,p,\n");
        assertThatThrownBy(() -> Catalogue.read(blank, false)).hasMessageContainingAll("blank.csv:3", "neither");
        Path file = Files.writeString(folder.resolve("file.csv"), "model,prompt,file\nopus,p,none.png\n");
        assertThatThrownBy(() -> Catalogue.read(file, false)).hasMessageContainingAll("file.csv:2", "none.png");
        Path binary = folder.resolve("binary.csv");
        Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatThrownBy(() -> Catalogue.read(binary, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("binary.csv");
    }
}
