package dev.steelyard.studio.decide;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steelyard.online.evaluate.LoggedDecision;
import dev.steelyard.online.wire.JsonValues;
import dev.steelyard.studio.storage.LogStore;
import dev.steelyard.studio.web.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The decisions of an experiment that have their outcome, in order, as they stood at one moment. Read page by page, anew by
 * each iterator: events are only ever added, so all see the same.
 *
 * @param events how many there were
 */
record LoggedDecisions(LogStore store, String experiment, long events)
        implements Iterable<LoggedDecision<JsonNode, JsonNode, JsonNode>> {

    private static final int EVENTS_AT_ONCE = 2000;

    @Override
    public Iterator<LoggedDecision<JsonNode, JsonNode, JsonNode>> iterator() {
        return new Iterator<>() {
            private long from;
            private Iterator<LoggedDecision<JsonNode, JsonNode, JsonNode>> page = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!page.hasNext() && from < events) {
                    page = page(from).iterator();
                    from += EVENTS_AT_ONCE;
                }
                return page.hasNext();
            }

            @Override
            public LoggedDecision<JsonNode, JsonNode, JsonNode> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return page.next();
            }
        };
    }

    private List<LoggedDecision<JsonNode, JsonNode, JsonNode>> page(long from) {
        List<LoggedDecision<JsonNode, JsonNode, JsonNode>> page = new ArrayList<>();
        store.read(
                "SELECT made.context, made.body, made.propensity, ending.body FROM events made"
                        + " JOIN events ending ON ending.experiment = made.experiment AND ending.decision = made.decision"
                        + " AND ending.kind = 'OUTCOME' AND ending.number < ?"
                        + " WHERE made.experiment = ? AND made.kind = 'DECISION' AND made.number >= ?"
                        + " AND made.number < ? ORDER BY made.number",
                statement -> {
                    statement.setLong(1, events);
                    statement.setString(2, experiment);
                    statement.setLong(3, from);
                    statement.setLong(4, Math.min(from + EVENTS_AT_ONCE, events));
                },
                row -> {
                    JsonNode outcome = Json.read(row.getString(4));
                    page.add(new LoggedDecision<>(
                            Json.read(row.getString(1)),
                            Json.read(row.getString(2)),
                            row.getDouble(3),
                            outcome,
                            JsonValues.loss(outcome)));
                });
        return page;
    }
}
