package dev.steelyard.ranking.dla;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.ranking.Ranker;
import dev.steelyard.ranking.click.ClickModel;
import dev.steelyard.ranking.click.ExaminationTables;
import dev.steelyard.ranking.click.PerceivedRelevance;
import dev.steelyard.ranking.letor.JudgedQuery;
import dev.steelyard.ranking.letor.RankingEvaluator;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** One method among one kind of users. */
final class ClickTrial {

    private static final int BATCH = 128;
    private static final int HIDDEN = 16;
    private static final double RATE = .05;
    private static final int DEPTH = 10;
    private static final int EM_ITERATIONS = 30;
    private static final int POINTS = 20;
    private static final int WATCHED = 250;

    private final SearchTask task;
    private final String users;
    private final int steps;
    private final int logged;
    private final TrialContext context;
    private final MultilayerPerceptron scorer;

    private ClickTrial(String users, int steps, int logged, TrialContext context) {
        this.task = new SearchTask(context.seeds().generator("task"));
        this.users = users;
        this.steps = steps;
        this.logged = logged;
        this.context = context;
        this.scorer = new MultilayerPerceptron(context.seeds().child("scorer").value(), SearchTask.FEATURES, HIDDEN, 1);
    }

    /** @param logged sessions that are logged for a click model, and shown in random order for IPW */
    static void run(String users, String method, int steps, int logged, TrialContext context)
            throws InterruptedException {
        new ClickTrial(users, steps, logged, context).run(method);
    }

    private void run(String method) throws InterruptedException {
        Ranker ranker =
                switch (method) {
                    case DlaStudy.LOGGING ->
                        documents -> Arrays.stream(documents)
                                .mapToDouble(task::logging)
                                .toArray();
                    case DlaStudy.NAIVE -> train(WeightedClickLearner.naive(scorer, SearchTask.DOCUMENTS, RATE), true);
                    case DlaStudy.IPW -> train(new WeightedClickLearner(scorer, randomised(), RATE), true);
                    case DlaStudy.REM ->
                        train(
                                new RegressionEm(
                                        scorer,
                                        SearchTask.DOCUMENTS,
                                        RATE,
                                        context.seeds().child("labels").value()),
                                false);
                    case DlaStudy.PBM_EM, DlaStudy.UBM_EM -> trainOnClickModel(method.equals(DlaStudy.UBM_EM));
                    case DlaStudy.DLA -> trainDual();
                    case DlaStudy.LABELS -> trainOnLabels();
                    default -> throw new IllegalArgumentException("there is no method " + method);
                };
        RankingEvaluator measured = RankingEvaluator.evaluate(ranker, task.test(), DEPTH);
        context.metric("ndcg", measured.ndcg());
        context.metric("err", measured.err());
        context.metric("map", measured.meanAveragePrecision());
    }

    /** Whose clicks a step sees. */
    private ClickModel users(int step) {
        return switch (users) {
            case DlaStudy.PBM -> ClickModel.positionBased(1);
            case DlaStudy.UBM -> ClickModel.userBrowsing(1);
            case DlaStudy.CCM -> ClickModel.clickChain();
            case DlaStudy.SHIFT -> ClickModel.positionBased(step < steps / 2 ? 1 : 2);
            default -> throw new IllegalArgumentException("there are no users " + users);
        };
    }

    private SimulatedSessions sessions(int step, boolean clickedOnly) {
        return new SimulatedSessions(
                task.training(),
                users(step),
                PerceivedRelevance.DEFAULT,
                SearchTask.DOCUMENTS,
                BATCH,
                clickedOnly,
                context.seeds().child("sessions"));
    }

    private <L extends ClickLearner> L train(L learner, boolean clickedOnly) throws InterruptedException {
        SimulatedSessions firstHalf = sessions(0, clickedOnly);
        SimulatedSessions secondHalf = sessions(steps, clickedOnly);
        return teach(learner, (taught, step) -> (step < steps / 2 ? firstHalf : secondHalf).teach(taught, step));
    }

    private <L extends ClickLearner> L teach(L learner, Teaching teaching) throws InterruptedException {
        for (int step = 0; step < steps; step++) {
            teaching.teach(learner, step);
            watch(step, learner);
        }
        return learner;
    }

    private void watch(int step, Ranker ranker) throws InterruptedException {
        if ((step + 1) % Math.max(1, steps / POINTS) == 0) {
            context.point(
                    "ndcg",
                    step + 1,
                    RankingEvaluator.evaluate(ranker, task.test().subList(0, WATCHED), DEPTH)
                            .ndcg());
            context.progress(step + 1, steps);
        }
    }

    private Ranker trainDual() throws InterruptedException {
        DualLearner learner = train(new DualLearner(scorer, DualOptions.DEFAULT), true);
        double[] examination = ExaminationTables.positions(users.equals(DlaStudy.SHIFT) ? 2 : 1);
        double error = 0;
        double[] found = learner.propensities();
        for (int k = 0; k < found.length; k++) {
            error += Math.abs(found[k] - examination[k] / examination[0]) / found.length;
            context.point("propensity", k + 1, found[k]);
        }
        context.metric("propensity error", error);
        return learner;
    }

    /** Inverse propensities by randomisation, before anything changes. */
    private double[] randomised() {
        return sessions(0, true).randomised(logged, SearchTask.DOCUMENTS).inversePropensities();
    }

    private Ranker trainOnClickModel(boolean browsing) throws InterruptedException {
        List<JudgedQuery> queries = task.training();
        int[] sizes = queries.stream().mapToInt(JudgedQuery::size).toArray();
        PositionBasedEm byPlace = new PositionBasedEm(sizes, SearchTask.DOCUMENTS);
        UserBrowsingEm byClick = new UserBrowsingEm(sizes, SearchTask.DOCUMENTS);
        int[] order = IntStream.range(0, SearchTask.DOCUMENTS).toArray();
        ClickModel model = users(0);
        RandomGenerator log = context.seeds().generator("log");
        for (int session = 0; session < logged; session++) {
            int query = log.nextInt(queries.size());
            boolean[] clicks = model.clicks(SearchTask.relevance(queries.get(query)), log);
            if (browsing) {
                byClick.add(query, order, clicks);
            } else {
                byPlace.add(query, order, clicks);
            }
        }
        byPlace.fit(browsing ? 0 : EM_ITERATIONS);
        byClick.fit(browsing ? EM_ITERATIONS : 0);
        WeightedClickLearner learner = WeightedClickLearner.naive(scorer, SearchTask.DOCUMENTS, RATE);
        return teach(learner, (taught, step) -> {
            int[] drawn = log.ints(BATCH, 0, queries.size()).toArray();
            return learner.learnTargets(
                    Arrays.stream(drawn)
                            .mapToObj(q -> queries.get(q).features())
                            .toList(),
                    Arrays.stream(drawn)
                            .mapToObj(q -> browsing ? byClick.relevance(q) : byPlace.relevance(q))
                            .toArray(double[][]::new));
        });
    }

    private Ranker trainOnLabels() throws InterruptedException {
        return teach(
                WeightedClickLearner.naive(scorer, SearchTask.DOCUMENTS, RATE),
                new JudgedLists(task.training(), BATCH, context.seeds().child("sessions")));
    }
}
