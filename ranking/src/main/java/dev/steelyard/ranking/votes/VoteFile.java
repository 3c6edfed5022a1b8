package dev.steelyard.ranking.votes;

import dev.steelyard.core.text.ByteOrderMark;
import dev.steelyard.ranking.Ballot;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads a file of ballots, line by line. Its form is told from the first line that is not blank:
 *
 * <ul>
 *   <li>plain: one ballot a line, best first, {@code =} between ties: {@code sonata, opus = etude, fugue};
 *   <li>a table with a header of {@code models} (or {@code items}; several in one field, by {@code ;}) and {@code ranks}
 *       (by {@code ;}, 0 best) or {@code winner}, and optionally {@code match}, {@code time} and {@code voter};
 *   <li>a pairwise log with a header of {@code model_a}, {@code model_b} and {@code winner}, which is {@code model_a},
 *       {@code model_b}, {@code tie}, or as public arenas write it {@code tie (bothbad)}; or with {@code winner_model_a},
 *       {@code winner_model_b} and {@code winner_tie}, of which one is 1;
 *   <li>JSON: an array of objects, or an object a line, with the same names; {@code models} and {@code ranks} are arrays.
 * </ul>
 *
 * <p>Blank lines are skipped, and in plain files lines that begin with {@code #}. A ballot without a name is named by its
 * line. Times are ISO instants or seconds since 1970.
 */
public final class VoteFile {

    private VoteFile() {}

    /**
     * Reads all ballots in the file's order.
     *
     * @param learn takes each ballot; an {@link IllegalArgumentException} that it throws is told with file and line
     * @return how many there were
     * @throws VoteFileException if a line is no ballot or is refused; those before it were taken
     * @throws IOException if the file cannot be read
     */
    public static long read(Path file, Consumer<Ballot> learn) throws IOException {
        return readVotes(file, vote -> learn.accept(vote.ballot()));
    }

    /** The same with what the file tells of each match, such as an arena's exports do. */
    public static long readVotes(Path file, Consumer<RecordedVote> learn) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + " is a folder; name a file of votes");
        }
        try (BufferedReader text = Files.newBufferedReader(file)) {
            ByteOrderMark.skip(text);
            return VoteArray.begins(text)
                    ? new VoteArray(file).read(text, learn)
                    : new VoteLines(file, text).read(learn);
        } catch (CharacterCodingException e) {
            throw new VoteFileException(file, 1, "the file is not UTF-8 text from about here on");
        }
    }
}
