package dev.steelyard.online.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableRowsTest {

    private static List<TableRow> read(String text) throws IOException {
        return TableRows.read("t", new StringReader(text));
    }

    @Test
    void csvAndJsonLinesAreTheSameRows() throws IOException {
        List<TableRow> csv = read("Arm Id,reward,note\n\"a, b\",0.5,\n7,1,x\n");
        List<TableRow> json = read("\n{\"arm_id\": \"a, b\", \"reward\": 0.5, \"note\": null}\n\n"
                + "{\"ARM-ID\": 7, \"reward\": 1, \"note\": \"x\"}\n");
        for (List<TableRow> rows : List.of(csv, json)) {
            assertThat(rows).hasSize(2);
            assertThat(rows.get(0).text("arm id")).isEqualTo("a, b");
            assertThat(rows.get(0).number("reward")).isEqualTo(.5);
            assertThat(rows.get(0).has("note")).isFalse();
            assertThat(rows.get(1).integer("arm.id", 0)).isEqualTo(7);
            assertThat(rows.get(1).text("note")).isEqualTo("x");
            assertThat(rows.get(1).number()).isEqualTo(2);
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstColumn() throws IOException {
        assertThat(read("\uFEFFarm,reward\na,1\n").getFirst().text("arm")).isEqualTo("a");
        assertThat(read("\uFEFF{\"arm\": \"a\"}\n").getFirst().text("arm")).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | no row",
                "a,b | no row",
                "a,A;1,2 | names column 'A' twice",
                "a,b;1 | row 1: there are 1 fields",
                "{\"a\": 1};[2] | row 2: the line must be a JSON object",
                "{\"a\": 1};{\"a\" | row 2: the line is no JSON",
                "{\"a\": 1, \"A\": 2} | names 'A' twice"
            })
    void malformedTablesAreToldByRow(String text, String problem) {
        assertThatThrownBy(() -> read(text.replace(';', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("t")
                .hasMessageContaining(problem);
    }

    @Test
    void valuesThatAreNotWhatIsAskedForAreTold() throws IOException {
        TableRow row = read("a,b,c\n1.5,x,NaN\n").getFirst();
        assertThatThrownBy(() -> row.integer("a", 0))
                .hasMessageContaining("t, row 1")
                .hasMessageContaining("integer");
        assertThatThrownBy(() -> row.integer("a", 2)).hasMessageContaining("at least 2");
        assertThatThrownBy(() -> row.number("b")).hasMessageContaining("must be a number");
        assertThatThrownBy(() -> row.number("c")).hasMessageContaining("finite");
        assertThatThrownBy(() -> row.text("d")).hasMessageContaining("no column 'd'; there are a, b, c");
    }
}
