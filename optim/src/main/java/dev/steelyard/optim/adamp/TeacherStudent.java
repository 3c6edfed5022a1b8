package dev.steelyard.optim.adamp;

import static dev.steelyard.torch.Functions.linear;
import static dev.steelyard.torch.Functions.normal;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.random.RandomGenerator;

/**
 * The data of part B: points {@code x ~ N(0, I_20)} in ten classes, those of a random teacher with one hidden layer,
 * {@code argmax(W2 tanh(W1 x + b1))}.
 *
 * @param trainPoints (points, 20)
 * @param trainLabels (points), INT64
 * @param testPoints (points, 20)
 * @param testLabels (points), INT64
 */
record TeacherStudent(Tensor trainPoints, Tensor trainLabels, Tensor testPoints, Tensor testLabels) {

    static final int INPUTS = 20;
    static final int CLASSES = 10;
    static final int POINTS = 3000;
    private static final int HIDDEN = 40;

    static TeacherStudent draw(Seeds seeds, String device) {
        RandomGenerator random = seeds.generator("teacher");
        Tensor first = normal(random, 0, 2 / Math.sqrt(INPUTS), HIDDEN, INPUTS);
        Tensor bias = normal(random, 0, 0.5, HIDDEN);
        Tensor second = normal(random, 0, 1, CLASSES, HIDDEN);
        RandomGenerator points = seeds.generator("points");
        Tensor train = normal(points, 0, 1, POINTS, INPUTS);
        Tensor test = normal(points, 0, 1, POINTS, INPUTS);
        return new TeacherStudent(
                train.to(device),
                labels(train, first, bias, second).to(device),
                test.to(device),
                labels(test, first, bias, second).to(device));
    }

    private static Tensor labels(Tensor points, Tensor first, Tensor bias, Tensor second) {
        try (Scope scope = Scope.open()) {
            return scope.keep(linear(linear(points, first, bias).tanh(), second).argmax());
        }
    }
}
