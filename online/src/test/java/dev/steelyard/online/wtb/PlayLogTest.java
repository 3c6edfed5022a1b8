package dev.steelyard.online.wtb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayLogTest {

    private static PlayLog read(String text) throws IOException {
        return PlayLog.read("plays.csv", new StringReader(text));
    }

    /** By hand: mail is played once and then again by ann; bob's first play of it is at tally 1 too. */
    @Test
    void eachUsersMemoryIsItsOwn() throws IOException {
        PlayLog log = read("time,user,action,loss\n1,ann,mail,.9\n1,bob,mail,.7\n2,ann,mail,.3\n3,bob,app,.5\n");
        assertThat(log.actions()).containsExactly("app", "mail");
        assertThat(log.users().keySet()).containsExactly("ann", "bob");
        List<TallyCurve> curves = log.curves(2);
        assertThat(curves.get(0).means()).containsExactly(.5, Double.NaN);
        assertThat(curves.get(1).counts()).containsExactly(2, 1);
        assertThat(curves.get(1).means()).containsExactly(.8, .3);
    }

    @Test
    void withoutUsersAllPlaysAreOnes() throws IOException {
        PlayLog log =
                read("{\"action\": 10, \"loss\": 1}\n{\"action\": 9, \"loss\": 0}\n{\"action\": 10, \"loss\": 0.5}\n");
        assertThat(log.actions()).containsExactly("9", "10");
        assertThat(log.users().get(""))
                .containsExactly(new TallyCurve.Play(1, 1), new TallyCurve.Play(0, 0), new TallyCurve.Play(1, .5));
        assertThat(log.curves(3).get(1).means()).containsExactly(1, .5, Double.NaN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action,loss;0,1.5 | row 1: the loss is 1.5",
                "action,loss;0,NaN | row 1: column 'loss' is NaN",
                "action;0 | row 1: there is no column 'loss'",
                "time,action,loss;2,0,0;1,0,0 | row 2: time 1.0 follows 2.0"
            })
    void badPlaysAreToldByRow(String text, String problem) {
        assertThatThrownBy(() -> read(text.replace(';', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plays.csv, " + problem);
    }
}
