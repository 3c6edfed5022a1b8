package dev.steelyard.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteOrderMarkTest {

    /** Only the mark at the head is none of the text; a second one, or one further on, is. */
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"'\uFEFFa,b',a", "'a,b',a", "'\uFEFF\uFEFFa','\uFEFF'", "'a\uFEFF',a", "'\uFEFF\nx','\n'"})
    void theMarkIsPassedOver(String text, String first) throws IOException {
        BufferedReader reader = ByteOrderMark.skip(new BufferedReader(new StringReader(text)));
        assertThat((char) reader.read()).isEqualTo(first.charAt(0));
    }

    @Test
    void anEmptyTextStaysEmpty() throws IOException {
        for (String text : new String[] {"", "\uFEFF"}) {
            assertThat(ByteOrderMark.skip(new BufferedReader(new StringReader(text)))
                            .readLine())
                    .isNull();
        }
    }
}
