package dev.steelyard.ranking.fairsubset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.ranking.fairsubset.PrefLibFile.Incomplete;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrefLibFileTest {

    @TempDir
    Path folder;

    private Path file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    @Test
    void readsStrictOrders() throws IOException {
        PrefLibFile read = PrefLibFile.read(
                file(
                        "a.soc",
                        "# FILE NAME: a.soc",
                        "# ALTERNATIVE NAME 1: ann",
                        "# ALTERNATIVE NAME 2: bob",
                        "# ALTERNATIVE NAME 3: cleo",
                        "2: 3,1,2",
                        "1: 1,2,3"),
                Incomplete.REFUSE);
        assertThat(read.names()).containsExactly("ann", "bob", "cleo");
        assertThat(read.profile())
                .isEqualTo(RankingProfile.of(new int[] {2, 0, 1}, new int[] {2, 0, 1}, new int[] {0, 1, 2}));
    }

    @Test
    void incompleteRankingsNeedAPolicy() throws IOException {
        Path file = file("b.soi", "1: 1,2,3", "1: 2");
        assertThatThrownBy(() -> PrefLibFile.read(file, Incomplete.REFUSE))
                .hasMessageContaining("b.soi:2")
                .hasMessageContaining("1 of 3");
        assertThat(PrefLibFile.read(file, Incomplete.APPEND).profile().ranking(1))
                .containsExactly(1, 0, 2);
    }

    /** Of four items two are named by no ballot; the header tells of them. */
    @Test
    void itemsThatNoBallotNamesAreCountedByTheHeader() throws IOException {
        Path file = file("c.soi", "# NUMBER ALTERNATIVES: 4", "2: 3", "1: 2,3");
        assertThatThrownBy(() -> PrefLibFile.read(file, Incomplete.REFUSE))
                .hasMessageContaining("c.soi:2")
                .hasMessageContaining("1 of 4");
        PrefLibFile read = PrefLibFile.read(file, Incomplete.APPEND);
        assertThat(read.names()).containsExactly("1", "2", "3", "4");
        assertThat(read.profile().ranking(0)).containsExactly(2, 0, 1, 3);
    }

    @Test
    void readsNamesAndGroups() throws IOException {
        PrefLibFile read = PrefLibFile.read(file("c.csv", "ann, bob,cleo", "cleo,ann,bob"), Incomplete.REFUSE);
        assertThat(read.profile().ranking(1)).containsExactly(2, 0, 1);
        Groups groups = PrefLibFile.groups(file("g.csv", "bob,men", "ann,women", "cleo,women"), read.names());
        assertThat(groups.names()).containsExactly("men", "women");
        assertThat(groups.of()).containsExactly(1, 0, 1);
    }

    /** Some editors begin a file with a mark, and tables saved elsewhere end lines in two characters. */
    @Test
    void marksAndLineEndsAreNoPartOfNames() throws IOException {
        Path table = Files.writeString(folder.resolve("m.csv"), "\uFEFFann,bob\r\nbob,ann\r\n");
        PrefLibFile read = PrefLibFile.read(table, Incomplete.REFUSE);
        assertThat(read.names()).containsExactly("ann", "bob");
        Path groups = Files.writeString(folder.resolve("mg.csv"), "\uFEFFann,g\r\nbob,h\r\n");
        assertThat(PrefLibFile.groups(groups, read.names()).names()).containsExactly("g", "h");
    }

    @Test
    void badLinesAreNamed() throws IOException {
        Path twice = file("d.soc", "1: 1,2", "1: 2,2");
        assertThatThrownBy(() -> PrefLibFile.read(twice, Incomplete.REFUSE))
                .hasMessageContaining("d.soc:2")
                .hasMessageContaining("twice");
        Path word = file("e.soc", "1: 1,x");
        assertThatThrownBy(() -> PrefLibFile.read(word, Incomplete.REFUSE)).hasMessageContaining("e.soc:1: 'x'");
        Path bare = file("f.soc", "1,2");
        assertThatThrownBy(() -> PrefLibFile.read(bare, Incomplete.REFUSE)).hasMessageContaining("f.soc:1");
        Path ties = file("t.soc", "1: {1,2},3");
        assertThatThrownBy(() -> PrefLibFile.read(ties, Incomplete.REFUSE)).hasMessageContaining("ties");
        Path empty = file("h.soc", "# nothing");
        assertThatThrownBy(() -> PrefLibFile.read(empty, Incomplete.REFUSE)).hasMessageContaining("no ranking");
        List<String> names = List.of("ann", "bob");
        Path unknown = file("i.csv", "ann,g", "zoe,g");
        assertThatThrownBy(() -> PrefLibFile.groups(unknown, names)).hasMessageContaining("i.csv:2");
        Path missing = file("j.csv", "ann,g");
        assertThatThrownBy(() -> PrefLibFile.groups(missing, names)).hasMessageContaining("'bob' has no group");
    }

    @Test
    void aByteOrderMarkIsNoPartOfAName() throws IOException {
        Path csv = folder.resolve("marked.csv");
        Files.writeString(csv, "\uFEFFa,b\r\nb,a\r\n");
        PrefLibFile read = PrefLibFile.read(csv, PrefLibFile.Incomplete.REFUSE);
        assertThat(read.names()).containsExactly("a", "b");
        Path groups = folder.resolve("groups.csv");
        Files.writeString(groups, "\uFEFFa,x\r\nb,y\r\n");
        assertThat(PrefLibFile.groups(groups, read.names()).names()).containsExactly("x", "y");
    }

    @Test
    void hugeNumbersAndNoVotersAreRefused() throws IOException {
        Path file = folder.resolve("huge.soi");
        Files.writeString(file, "1: 1,2000000000\n");
        assertThatThrownBy(() -> PrefLibFile.read(file, PrefLibFile.Incomplete.APPEND))
                .hasMessageContaining("huge.soi:1")
                .hasMessageContaining("2000000000");
        Files.writeString(file, "0: 1,2\n");
        assertThatThrownBy(() -> PrefLibFile.read(file, PrefLibFile.Incomplete.APPEND))
                .hasMessageContaining("huge.soi")
                .hasMessageContaining("0 voters");
    }
}
