package dev.steelyard.ranking.dla;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.ranking.letor.JudgedQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Sessions of a log, drawn with replacement; their documents' features stay where the judged queries have them. */
public final class LoggedSessions implements SessionSource {

    private final List<ClickedList> sessions;
    private final int size;
    private final Seeds seeds;
    private final long read;
    private final long longer;

    private LoggedSessions(List<ClickedList> sessions, int size, Seeds seeds, long read, long longer) {
        this.sessions = sessions;
        this.size = size;
        this.seeds = seeds;
        this.read = read;
        this.longer = longer;
    }

    /**
     * Reads a log.
     *
     * @param queries whose documents the log names
     * @param positions documents of a session that count; those beyond are cut and counted
     * @param size sessions a batch
     * @param usableOnly whether sessions that say nothing to the click losses are left out
     * @throws IllegalArgumentException if a session names an unknown query or document, or clicks beyond its list, by file
     *     and line; or if no session is left
     */
    public static LoggedSessions read(
            Path file, List<JudgedQuery> queries, int positions, int size, boolean usableOnly, Seeds seeds)
            throws IOException {
        Map<String, Index> byId = new HashMap<>();
        queries.forEach(query -> byId.put(query.id(), new Index(query)));
        List<ClickedList> sessions = new ArrayList<>();
        long[] longer = {0};
        long read = SessionLog.read(file, session -> {
            Index query = byId.get(session.query());
            if (query == null) {
                throw new IllegalArgumentException(
                        "there is no query '" + session.query() + "' in the training file; leave the session out");
            }
            ClickedList whole = query.resolve(session);
            longer[0] += whole.clicks().length > positions ? 1 : 0;
            int n = Math.min(positions, whole.clicks().length);
            ClickedList cut = new ClickedList(Arrays.copyOf(whole.features(), n), Arrays.copyOf(whole.clicks(), n));
            if (!usableOnly || cut.isUsable()) {
                sessions.add(cut);
            }
        });
        if (sessions.isEmpty()) {
            throw new IllegalArgumentException("of " + read + " sessions in " + file
                    + " none has two documents and a click among the first " + positions
                    + "; there is nothing to learn from");
        }
        return new LoggedSessions(List.copyOf(sessions), size, seeds, read, longer[0]);
    }

    /** A query's documents by name. */
    private static final class Index {
        private static final int SEVERAL = -1;

        private final JudgedQuery query;
        private final Map<String, Integer> numbers = new HashMap<>();

        Index(JudgedQuery query) {
            this.query = query;
            for (int d = 0; d < query.size(); d++) {
                numbers.merge(query.document(d), d, (first, second) -> SEVERAL);
            }
        }

        ClickedList resolve(SessionLog.Session session) {
            if (session.documents().isEmpty()) {
                if (session.clicks().length > query.size()) {
                    throw new IllegalArgumentException("there is a click at place " + session.clicks().length
                            + ", but query " + query.id() + " has " + query.size() + " documents");
                }
                return new ClickedList(query.features(), Arrays.copyOf(session.clicks(), query.size()));
            }
            double[][] features = new double[session.documents().size()][];
            for (int k = 0; k < features.length; k++) {
                Integer number = numbers.get(session.documents().get(k));
                if (number == null) {
                    throw new IllegalArgumentException("query " + query.id() + " has no document '"
                            + session.documents().get(k)
                            + "' in the training file; documents are named by its comments, or by their number from 1");
                }
                if (number == SEVERAL) {
                    throw new IllegalArgumentException(
                            "query " + query.id() + " has several documents '"
                                    + session.documents().get(k)
                                    + "' in the training file; name each differently in its comment, or leave the comments out");
                }
                features[k] = query.features()[number];
            }
            return new ClickedList(features, session.clicks());
        }
    }

    @Override
    public List<ClickedList> batch(long step) {
        SplittableRandom random =
                new SplittableRandom(seeds.child("sessions", step).value());
        List<ClickedList> batch = new ArrayList<>(size);
        for (int b = 0; b < size; b++) {
            batch.add(sessions.get(random.nextInt(sessions.size())));
        }
        return batch;
    }

    /** How many sessions can be drawn. */
    public int sessions() {
        return sessions.size();
    }

    /** How many the log has. */
    public long read() {
        return read;
    }

    /** How many were longer than there are positions, and cut. */
    public long longer() {
        return longer;
    }
}
