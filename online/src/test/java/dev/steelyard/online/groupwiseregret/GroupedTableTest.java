package dev.steelyard.online.groupwiseregret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupedTableTest {

    private static final String SPECIFICATION = """
        {"label": {"column": "cost", "lowest": 0, "highest": 10},
         "features": [{"column": "age", "lowest": 0, "highest": 100},
                      {"column": "smoker", "categories": ["yes", "no"]},
                      {"column": "region", "oneHot": true}],
         "groupFeatures": ["young smokers", "young"],
         "groups": [{"name": "young", "column": "age", "atMost": 35},
                    {"name": "old", "column": "age", "above": 35, "below": 100},
                    {"name": "smokers", "column": "smoker", "equals": "yes"},
                    {"name": "young smokers", "all": [{"column": "age", "atMost": 35},
                                                      {"column": "smoker", "equals": "yes"}]},
                    {"name": "all"}]}
        """;
    private static final String HEADER = "Age,smoker,region,cost\n";

    private static GroupSpecification specification(String json) throws IOException {
        return GroupSpecification.parse(new JsonMapper().readTree(json));
    }

    private static GroupedTable read(String csv) throws IOException {
        return GroupedTable.read("costs.csv", new StringReader(csv), specification(SPECIFICATION));
    }

    @Test
    void threeRowsByHand() throws IOException {
        GroupedTable table = read(HEADER + "35,yes,south,5\n\n36, no ,north,10\n100,yes,\"north\",0\n");
        assertThat(table.featureNames())
                .containsExactly(
                        "age", "smoker=yes", "smoker=no", "region=north", "region=south", "young smokers", "young");
        assertThat(table.specification().names()).containsExactly("young", "old", "smokers", "young smokers", "all");
        GroupedExample<Double> first = table.examples().get(0);
        assertThat(first.instance().x()).containsExactly(.35, 1, 0, 0, 1, 1, 1);
        assertThat(first.instance().groups()).containsExactly(0, 2, 3, 4);
        assertThat(first.outcome()).isEqualTo(.5);
        GroupedExample<Double> second = table.examples().get(1);
        assertThat(second.instance().x()).containsExactly(.36, 0, 1, 1, 0, 0, 0);
        assertThat(second.instance().groups()).containsExactly(1, 4);
        assertThat(second.outcome()).isEqualTo(1);
        // 100 is not below 100.
        assertThat(table.examples().get(2).instance().groups()).containsExactly(2, 4);
    }

    @Test
    void openRangesAreTheTables() throws IOException {
        GroupSpecification open = specification("""
            {"label": {"column": "y"}, "features": [{"column": "a"}, {"column": "same"}], "groups": [{"name": "all"}]}
            """);
        GroupedTable table = GroupedTable.read("t", new StringReader("a,same,y\n2,7,-1\n4,7,3\n3,7,0\n"), open);
        assertThat(table.examples().get(0).instance().x()).containsExactly(0, 0);
        assertThat(table.examples().get(2).instance().x()).containsExactly(.5, 0);
        assertThat(table.examples()).extracting(GroupedExample::outcome).containsExactly(0.0, 1.0, .25);
        assertThat(table.specification().label().range()).contains(new TableColumn.Range(-1, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30,yes,south,5;31,maybe,south,5 | row 2 | unknown category 'maybe'",
                "30,yes,south,NaN | row 1 | finite",
                "30,yes,south,11 | row 1 | outside its declared range",
                "old,yes,south,1 | row 1 | must be a number",
                "30,yes,south,1;30,yes,1 | row 2 | 3 fields where the header has 4"
            })
    void badRowsAreNamed(String rows, String place, String what) {
        assertThatThrownBy(() -> read(HEADER + rows.replace(';', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("costs.csv, " + place)
                .hasMessageContaining(what);
    }

    @Test
    void badHeadersAndSpecificationsAreNamed() throws IOException {
        assertThatThrownBy(() -> read("age,region,cost\n1,south,2\n"))
                .hasMessageContaining("group 'smokers' needs column 'smoker'");
        assertThatThrownBy(() -> read("age,AGE,region,cost\n1,1,south,2\n")).hasMessageContaining("twice");
        assertThatThrownBy(() -> read(HEADER)).hasMessageContaining("no row");
        assertThatThrownBy(() -> specification(SPECIFICATION.replace("\"old\"", "\"young\"")))
                .hasMessageContaining("two groups are named 'young'");
        assertThatThrownBy(() -> specification(SPECIFICATION.replace("\"equals\": \"yes\"", "\"equals\": \"y\"")))
                .hasMessageContaining("none of its categories");
        assertThatThrownBy(() -> specification(SPECIFICATION.replace("\"above\"", "\"over\"")))
                .hasMessageContaining("groups[1] has a field 'over'");
        assertThatThrownBy(() -> specification(SPECIFICATION.replace("\"below\": 100", "\"below\": 35")))
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> specification("{\"features\": [], \"groups\": []}"))
                .hasMessageContaining("label");
        assertThatThrownBy(() -> specification(SPECIFICATION.replace("\"young\"],", "\"yuong\"],")))
                .hasMessageContaining("yuong");
    }

    @Test
    void aUsersFileOfMedicalCostsIsRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("insurance.csv");
        Files.writeString(file, """
            age,sex,bmi,children,smoker,region,charges
            19,female,27.9,0,yes,southwest,16884.924
            18,male,33.77,1,no,southeast,1725.5523
            64,male,18.4,5,no,northeast,30000
            """);
        GroupedTable table = GroupedTable.read(file, GroupSpecification.builtIn("medical"));
        assertThat(table.featureNames()).hasSize(MedicalCosts.FEATURES);
        assertThat(table.specification().names()).containsExactly(MedicalCosts.GROUPS);
        assertThat(table.examples().get(0).instance().groups()).containsExactly(0, 5, 7, 10, 11);
        assertThat(table.examples().get(2).instance().groups()).containsExactly(2, 3, 8, 9, 11);
        assertThat(table.examples().get(2).outcome()).isEqualTo(1);
        assertThat(table.examples().get(0).instance().x()[0]).isCloseTo(1 / 46.0, within(1e-12));
    }

    @Test
    void incomesAsNumbersAreRead() throws IOException {
        GroupedTable table = GroupedTable.read(
                "adult_reconstruction.csv", new StringReader("""
                    hours-per-week,age,capital-gain,capital-loss,workclass,education-num,marital-status,relationship,race,sex,native-country,occupation,income
                    20,40,0,0,Private,13,Divorced,Wife,White,Female,?,Sales,48600
                    40,21,0,0,Private,10,Divorced,Wife,Black,Male,?,Sales,11200
                    """), GroupSpecification.builtIn("adult"));
        assertThat(table.specification().names()).hasSize(13);
        assertThat(table.examples().get(0).outcome()).isEqualTo(1);
        assertThat(table.examples().get(0).instance().groups()).containsExactly(1, 4, 6, 7, 12);
    }

    @Test
    void visitsBeyondTwentyAreCutToIt() throws IOException {
        GroupedTable table =
                GroupedTable.read("randhie.csv", new StringReader("""
                    mdvis,lncoins,idp,lpi,fmde,physlm,disea,hlthg,hlthf,hlthp
                    77,0,0,6.9,0,1,13.7,0,1,0
                    5,4.6,1,0,7,0,3,0,0,0
                    """), GroupSpecification.builtIn("rand"));
        assertThat(table.examples()).extracting(GroupedExample::outcome).containsExactly(1.0, .25);
        assertThat(table.examples().get(0).instance().groups()).containsExactly(0, 4, 7, 8, 10);
        assertThat(table.examples().get(1).instance().groups()).containsExactly(1, 2, 6, 9, 10);
    }

    /** Counts of the published table. */
    @Test
    void adultIsRead() {
        Optional<Path> path = RealTable.ADULT_BINARY.path();
        assumeTrue(path.isPresent(), RealTable.ADULT_BINARY::missing);
        GroupedTable table = RealTable.ADULT_BINARY.read(path.orElseThrow());
        assertThat(table.examples()).hasSize(32_561);
        assertThat(table.examples().stream()
                        .mapToDouble(GroupedExample::outcome)
                        .sum())
                .isEqualTo(7841);
        List<String> names = table.specification().names();
        long black = table.examples().stream()
                .filter(e -> java.util.Arrays.stream(e.instance().groups()).anyMatch(g -> g == names.indexOf("black")))
                .count();
        assertThat(black).isEqualTo(1555 + 1569);
    }
}
