package dev.steelyard.studio.arena;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=2-4, 2, 4",
        "bytes=0-, 0, 9",
        "bytes=9-, 9, 9",
        "bytes=5-99999999999999999999999, 5, 9",
        "bytes=-3, 7, 9",
        "bytes=-10, 0, 9",
        "bytes=-99999999999999999999999, 0, 9",
        "'bytes= 2 - 4', 2, 4"
    })
    void isExactlyWhatIsAsked(String header, long first, long last) {
        ByteRange range = ByteRange.of(header, 10).orElseThrow();
        assertThat(range).isEqualTo(new ByteRange(first, last));
        assertThat(range.isSatisfiable()).isTrue();
        assertThat(range.length()).isEqualTo(last - first + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999999999999-"})
    void whatTheFileDoesNotHaveCannotBeSent(String header) {
        assertThat(ByteRange.of(header, 10)).get().returns(false, ByteRange::isSatisfiable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=4-2", "bytes=-", "bytes=a-b", "bytes=0-1,4-5", "items=0-1", "bytes 0-1", "", "bytes=1"})
    void whatMakesNoSenseIsAnsweredWithTheWholeFile(String header) {
        assertThat(ByteRange.of(header, 10)).isEmpty();
    }

    @Test
    void aRequestWithoutTheHeaderIsForTheWholeFile() {
        assertThat(ByteRange.of(null, 10)).isEmpty();
        assertThat(ByteRange.of("bytes=0-", 0)).get().returns(false, ByteRange::isSatisfiable);
    }
}
