package dev.steelyard.cli;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.language.text.TextCorpus;
import dev.steelyard.language.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Trains a language model on the user's text. */
@Command(
        name = "pretrain",
        description = "Train a language model on text. The result is a Hugging Face folder of the Llama family.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard pretrain --wordnet --out model",
            "  steelyard pretrain --wordnet --out model --learning-rate 3e-4 --warm-up 0.05 --weight-decay 0.1",
            "  steelyard pretrain book.txt notes.jsonl --out model --optimizer frugal --steps 5000",
            "  steelyard pretrain book.txt --out model --config config.json --tokenizer tokenizer.json",
            "  steelyard pretrain --wordnet --out model --resume      go on where it stopped"
        })
final class PretrainCommand implements Callable<Integer>, TextTraining.Subject {

    @Mixin
    private Common common;

    @Mixin
    private TextTraining training;

    @Mixin
    private ShapeOptions shape;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        shape.validate(training.length());
        training.run("pretrain", spec, this);
        return 0;
    }

    @Override
    public Tokenizer tokenizer(TextCorpus text) throws IOException {
        return shape.tokenizer(text);
    }

    @Override
    public Learner learner(Tokenizer tokenizer, OptionalInt end, int length, Optional<Path> checkpoint)
            throws IOException {
        if (checkpoint.isPresent()) {
            return Learner.of(ModelLoader.load(checkpoint.get()));
        }
        ModelConfig config = shape.model(tokenizer.vocabularySize(), end, length);
        return Learner.of(CausalLanguageModel.initialise(
                config, Seeds.root(training.seed()).generator("model")));
    }

    @Override
    public void save(Learner learner, Path out) throws IOException {
        learner.model().save(out);
    }
}
