package dev.steelyard.optim.frugal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Seeds;
import dev.steelyard.torch.Scope;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WordClassesTest {

    private static final int CLASSES = 4;

    @Test
    void everySideHasAsManyOfEachClassAndNoTextOfAnother() {
        try (Glosses glosses = new Glosses(Scale.QUICK);
                Scope scope = Scope.open()) {
            WordClasses task =
                    new WordClasses(Scale.QUICK, glosses, glosses.corpus().split(0.2));
            Set<List<Long>> test = rows(glosses, task.heldOut(WordClasses.Side.TEST), 10);
            Set<List<Long>> validation = rows(glosses, task.heldOut(WordClasses.Side.VALIDATION), 10);
            Supplier<TrainingLoop.Batch> dealt = task.training(8, Seeds.root(1).generator("examples"));
            // 16 of each class are 8 batches of 8.
            List<TrainingLoop.Batch> batches =
                    java.util.stream.Stream.generate(dealt).limit(8).toList();
            Set<List<Long>> training = rows(glosses, batches, 16);
            assertThat(test).doesNotContainAnyElementsOf(validation).doesNotContainAnyElementsOf(training);
            assertThat(validation).doesNotContainAnyElementsOf(training);
        }
    }

    /** The tokens up to the place that the targets name, where the end stands. */
    private static Set<List<Long>> rows(Glosses glosses, List<TrainingLoop.Batch> batches, int ofEachClass) {
        Set<List<Long>> rows = new HashSet<>();
        int[] counts = new int[CLASSES];
        for (TrainingLoop.Batch batch : batches) {
            long[] inputs = batch.inputs().toLongs();
            long[] targets = batch.targets().toLongs();
            int length = (int) batch.inputs().size(1);
            for (int row = 0; row < targets.length / 2; row++) {
                int place = (int) targets[2 * row + 1];
                long[] tokens = Arrays.copyOfRange(inputs, row * length, row * length + place + 1);
                assertThat(tokens[place]).isEqualTo(glosses.end());
                assertThat(Arrays.stream(inputs, row * length + place, (row + 1) * length))
                        .containsOnly((long) glosses.end());
                rows.add(Arrays.stream(tokens).boxed().toList());
                counts[(int) targets[2 * row]]++;
            }
        }
        assertThat(counts).containsOnly(ofEachClass);
        return rows;
    }
}
