package dev.steelyard.online.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleReaderTest {

    private static final ExampleReader.CsvColumns LAST = ExampleReader.CsvColumns.lastIsLabel();

    private static BufferedReader text(String text) {
        return new BufferedReader(new StringReader(text));
    }

    private static void is(Example example, double label, double... features) {
        assertThat(example.label()).isEqualTo(label);
        assertThat(example.features()).containsExactly(features);
    }

    private static AbstractThrowableAssert<?, ?> csvFails(String text, ExampleReader.CsvColumns columns) {
        return assertThatThrownBy(() -> {
                    try (ExampleReader reader = ExampleReader.csv("x.csv", text(text), columns)) {
                        while (reader.next() != null) {
                            assertThat(reader.line()).isPositive();
                        }
                    }
                })
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static AbstractThrowableAssert<?, ?> svmFails(String text) {
        return assertThatThrownBy(() -> {
                    try (ExampleReader reader = ExampleReader.svmlight("x.svm", text(text), 3)) {
                        while (reader.next() != null) {
                            assertThat(reader.line()).isPositive();
                        }
                    }
                })
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** With one, a row of a single column looked like its name. */
    @Test
    void aByteOrderMarkIsNoPartOfTheFirstRow() throws Exception {
        try (GradientReader reader = GradientReader.csv("g.csv", text("\uFEFF1\n2\n"), "")) {
            assertThat(reader.next()).containsExactly(1);
            assertThat(reader.next()).containsExactly(2);
        }
        try (ExampleReader reader = ExampleReader.svmlight("x.svm", text("\uFEFF1 2:3\n"), 2)) {
            is(reader.next(), 1, 0, 3);
        }
    }

    @Test
    void aQuotedCellMayHoldTheSeparator() throws Exception {
        String named = "\"income; per year\",\"age, in years\", \"the \"\"label\"\"\"\n1,\"2\",3\n4,5, \" 6 \"\n";
        ExampleReader.CsvColumns columns = new ExampleReader.CsvColumns("age, in years", "");
        try (ExampleReader reader = ExampleReader.csv("x.csv", text(named), columns)) {
            is(reader.next(), 2, 1, 3);
            is(reader.next(), 5, 4, 6);
            assertThat(reader.next()).isNull();
        }
        csvFails(named, new ExampleReader.CsvColumns("age", ""))
                .hasMessage(
                        "x.csv:1: there is no column 'age'; there are income; per year, age, in years, the \"label\"");
        csvFails("a,b\n\"1,5\",2\n", LAST).hasMessageStartingWith("x.csv:2: column 'a' is '1,5', which is no number");
        csvFails("a,b\n\"1,2\n", LAST)
                .hasMessageStartingWith("x.csv:2: the row is no CSV")
                .hasMessageEndingWith("close every quote on its line");
        try (GradientReader reader = GradientReader.csv("g.tsv", text("a\t\"b\tc\"\n\"1\"\t2\n"), "")) {
            assertThat(reader.next()).containsExactly(1, 2);
        }
    }

    @Test
    void readsCsvWithAndWithoutNames(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("examples.csv");
        Files.writeString(file, "day,\"y\",a,b\n1,0.5,2,3\n\n1,-1,4,5\n");
        try (ExampleReader reader = ExampleReader.csv(file, new ExampleReader.CsvColumns("y", "day"))) {
            assertThat(reader.features()).isEqualTo(2);
            is(reader.next(), .5, 2, 3);
            is(reader.next(), -1, 4, 5);
            assertThat(reader.line()).isEqualTo(4);
            assertThat(reader.next()).isNull();
        }
        try (ExampleReader reader = ExampleReader.csv("x.csv", text("1;2;3\n4;5;6"), LAST)) {
            is(reader.next(), 3, 1, 2);
            is(reader.next(), 6, 4, 5);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void readsSvmlight() throws IOException {
        try (ExampleReader reader =
                ExampleReader.svmlight("x.svm", text("# all\n+1 1:0.5 3:2 # first\n\n-1 2:-1e-3\n0\n"), 3)) {
            is(reader.next(), 1, .5, 0, 2);
            is(reader.next(), -1, 0, -1e-3, 0);
            is(reader.next(), 0, 0, 0, 0);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void badLinesAreNamed() {
        csvFails("1,2\n3,4,5\n", LAST)
                .hasMessage(
                        "x.csv:2: the row has 3 columns where those before have 2; the dimension" + " must not change");
        csvFails("a,y\n3,x\n", LAST).hasMessageContaining("x.csv:2: column 'y' is 'x'");
        csvFails("1,2\n3,NaN\n", LAST)
                .hasMessageContaining("x.csv:2: column 1 is NaN")
                .hasMessageContaining("finite");
        csvFails("t,a,y\n2,1,1\n1,1,1\n", new ExampleReader.CsvColumns("", "t"))
                .hasMessageContaining("x.csv:3: time 1.0 follows 2.0");
        csvFails("a,y\n1,2\n", new ExampleReader.CsvColumns("z", "")).hasMessageContaining("no column 'z'");
        csvFails("", LAST).hasMessageContaining("empty");
        csvFails("1\n2\n", LAST).hasMessageContaining("at least one feature");
        svmFails("1 1:2\n1 2:1 2:3\n")
                .hasMessageContaining("x.svm:2: feature '2:3'")
                .hasMessageContaining("ascending");
        svmFails("1 4:1").hasMessageContaining("from 1 to 3");
        svmFails("1 0:1").hasMessageContaining("from 1 to 3");
        svmFails("1 1:inf").hasMessageContaining("no number");
        svmFails("1 1:Infinity").hasMessageContaining("finite");
        svmFails("yes 1:1").hasMessageContaining("the label is 'yes'");
        svmFails("1 a:1").hasMessageContaining("number:value");
    }

    @Test
    void aRefusedExampleIsNamedByItsLine() throws IOException {
        SupervisedLearner learner = new SupervisedLearner(
                ScalarLoss.LOGISTIC,
                1,
                false,
                WeightLearner.byGradients(
                        new OnlineGradientDescent(Ball.aroundZero(1, 1), new DescentStep.AdaGradNorm(2))));
        try (ExampleReader reader = ExampleReader.csv("x.csv", text("a,y\n1,1\n1,0\n1,3\n"), LAST)) {
            assertThatThrownBy(() -> reader.teach(learner)).hasMessageContaining("x.csv:4: the label is 3.0");
        }
        assertThat(learner.examples()).isEqualTo(2);
    }

    @Test
    void readsGradients() throws IOException {
        OnlineGradientDescent taught = new OnlineGradientDescent(Ball.aroundZero(2, 1), new DescentStep.Fixed(.25));
        try (GradientReader reader = GradientReader.csv("g.csv", text("g0,time,g1\n1,5,0\n-1,6,2\n"), "time")) {
            assertThat(reader.dimension()).isEqualTo(2);
            assertThat(reader.teach(taught)).isEqualTo(2);
        }
        assertThat(taught.predict()).containsExactly(0, -.5);
        try (GradientReader reader = GradientReader.csv("g.csv", text("1,2,3\n"), "")) {
            assertThatThrownBy(() -> reader.teach(taught)).hasMessageContaining("g.csv:1: the gradient has 3 entries");
        }
    }
}
