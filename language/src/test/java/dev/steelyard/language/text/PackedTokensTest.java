package dev.steelyard.language.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.torch.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedTokensTest {

    private static final int END = 9;

    private static int[] digits(String text) {
        return text.chars().map(digit -> digit - '0').toArray();
    }

    /** By hand: {@code 1 2 9 3 4 5 9} in blocks of 3 gives the inputs 1 2 9 and 3 4 5, and targets one further. */
    @Test
    void documentsAreJoinedByTheirEndAndCutIntoBlocks() {
        TextCorpus corpus = new TextCorpus(List.of(new Document("a", "12"), new Document("b", "345")));
        PackedTokens packed = PackedTokens.of(corpus, PackedTokensTest::digits, END);
        assertThat(packed.count()).isEqualTo(7);
        assertThat(packed.largest()).isEqualTo(END);
        assertThat(packed.blocks(3)).isEqualTo(2);
        try (Scope scope = Scope.open()) {
            PackedTokens.Batch batch = packed.batch(4, new int[] {1, 0}, 3);
            assertThat(batch.number()).isEqualTo(4);
            assertThat(batch.inputs().shape()).containsExactly(2, 3);
            assertThat(batch.inputs().toLongs()).containsExactly(3, 4, 5, 1, 2, 9);
            assertThat(batch.targets().toLongs()).containsExactly(4, 5, 9, 2, 9, 3);
        }
    }

    @Test
    void textsThatAreTooShortAndEncodersThatErrAreTold() {
        PackedTokens packed = PackedTokens.of(new int[] {1, 2, 3});
        assertThat(packed.blocks(2)).isEqualTo(1);
        assertThatThrownBy(() -> packed.blocks(3))
                .isInstanceOf(TextDataException.class)
                .hasMessageContaining("3 tokens")
                .hasMessageContaining("shorter blocks");
        assertThatThrownBy(() -> packed.blocks(0)).hasMessageContaining("at least 1");
        TextCorpus corpus = new TextCorpus(List.of(new Document("a.txt:1", "x")));
        assertThatThrownBy(() -> PackedTokens.of(corpus, text -> new int[] {-1}, END))
                .hasMessageContaining("'a.txt:1'");
        assertThatThrownBy(() -> PackedTokens.of(corpus, PackedTokensTest::digits, -1))
                .hasMessageContaining("endOfText");
    }

    @Test
    void theFingerprintIsOfTheTokens() {
        int[] tokens = new int[40_000];
        Arrays.setAll(tokens, i -> i % 77);
        String fingerprint = PackedTokens.of(tokens).fingerprint();
        assertThat(PackedTokens.of(tokens).fingerprint()).isEqualTo(fingerprint);
        tokens[39_999]++;
        assertThat(PackedTokens.of(tokens).fingerprint()).isNotEqualTo(fingerprint);
    }

    /** 10 blocks in batches of 4: the third batch reaches over the end of the first epoch. */
    @Test
    void everyEpochDealsEveryBlockOnceInAnOrderThatAPositionGivesBack() {
        int[] tokens = new int[21];
        Arrays.setAll(tokens, i -> i);
        PackedTokens packed = PackedTokens.of(tokens);
        try (Scope scope = Scope.open()) {
            Batches batches = new Batches(packed, 4, 2, 7);
            List<Long> firsts = new ArrayList<>();
            List<long[]> dealt = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                dealt.add(batches.next().inputs().toLongs());
                for (int row = 0; row < 4; row++) {
                    firsts.add(dealt.getLast()[2 * row]);
                }
            }
            assertThat(batches.position()).isEqualTo(5);
            Long[] all = {0L, 2L, 4L, 6L, 8L, 10L, 12L, 14L, 16L, 18L};
            assertThat(firsts.subList(0, 10)).containsExactlyInAnyOrder(all);
            assertThat(firsts.subList(10, 20)).containsExactlyInAnyOrder(all).isNotEqualTo(firsts.subList(0, 10));
            batches.position(2);
            assertThat(batches.next().inputs().toLongs()).isEqualTo(dealt.get(2));
            assertThat(new Batches(packed, 4, 2, 8).next().inputs().toLongs()).isNotEqualTo(dealt.getFirst());
        }
        assertThatThrownBy(() -> new Batches(packed, 0, 2, 7)).hasMessageContaining("batch");
    }
}
