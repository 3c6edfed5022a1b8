package dev.steelyard.online.groupwiseregret;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.online.Decision;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a service's rounds as JSON lines: one when a prediction is made and one when its label comes, so that policies can
 * be evaluated offline and groups be watched.
 *
 * <pre>{@code
 * {"round":7,"time":"...","groups":[0,5],"p":[0.3,0.7],"z":[0.2,0.4],"drawn":5,"prediction":0.4,"propensity":0.7,"model":"3"}
 * {"round":7,"y":0.5,"loss":0.01,"arrival":"..."}
 * }</pre>
 *
 * <p>{@code drawn} is null where predictions were averaged; a round of no group has empty lists. Each line is flushed. It
 * is for one thread at a time, as the learner is.
 */
public final class RoundLog implements Closeable {

    private static final JsonMapper JSON = new JsonMapper();

    private final Writer out;
    private final String model;
    private final InstantSource clock;

    /**
     * @param out closed with the log
     * @param model the version that is noted with each prediction
     * @param clock for time and arrival, such as {@code Clock.systemUTC()}
     */
    public RoundLog(Writer out, String model, InstantSource clock) {
        this.out = out;
        this.model = model;
        this.clock = clock;
    }

    /**
     * Notes a prediction, while its round waits.
     *
     * @param <Z> what is predicted, written as Jackson writes it
     */
    public <Z> void predicted(GroupwiseLearner<Z, ?> learner, Decision<Z> decision) throws IOException {
        GroupedRound<Z> round = learner.round(decision.id());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("round", decision.id());
        line.put("time", clock.instant().toString());
        line.put("groups", round.groups());
        line.put("p", round.probabilities());
        line.put("z", round.predictions());
        line.put("drawn", round.drawn() == GroupedRound.NONE ? null : round.groups()[round.drawn()]);
        line.put("prediction", decision.action());
        line.put("propensity", decision.propensity());
        line.put("model", model);
        write(line);
    }

    /**
     * Notes a label that came.
     *
     * @param decision of the round
     * @param outcome the label, written as Jackson writes it
     * @param loss of what was played
     */
    public void labelled(long decision, Object outcome, double loss) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("round", decision);
        line.put("y", outcome);
        line.put("loss", loss);
        line.put("arrival", clock.instant().toString());
        write(line);
    }

    private void write(Map<String, Object> line) throws IOException {
        out.write(JSON.writeValueAsString(line) + "\n");
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
