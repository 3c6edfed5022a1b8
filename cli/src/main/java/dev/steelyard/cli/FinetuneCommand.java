package dev.steelyard.cli;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.lora.LoraAdapter;
import dev.steelyard.language.lora.LoraOptions;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.text.TextCorpus;
import dev.steelyard.language.tokenizer.Tokenizer;
import dev.steelyard.torch.DType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a language model further. */
@Command(
        name = "finetune",
        description = "Train a language model further on text: all its weights, or an adapter of low rank (LoRA)."
                + " The base, a Hugging Face folder of the Llama family, is not changed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard finetune letters.jsonl --base model --out tuned --learning-rate 1e-4",
            "  steelyard finetune letters.jsonl --base model --out adapter --lora-rank 8",
            "  steelyard finetune notes.txt --base model --out tuned --optimizer frugal_columns --steps 300",
            "  steelyard finetune letters.jsonl --base model --out adapter --lora-rank 8 --resume"
        })
final class FinetuneCommand implements Callable<Integer>, TextTraining.Subject {

    @Mixin
    private Common common;

    @Mixin
    private TextTraining training;

    @Option(
            names = "--base",
            paramLabel = "DIR",
            required = true,
            description = "Folder with config.json, weights and tokenizer.json.")
    private Path base;

    @Mixin
    private AdapterOptions adapter;

    @Mixin
    private TypeOption type;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (adapter.lora(base).isEmpty() && type.type() != DType.FLOAT32) {
            throw new IllegalArgumentException("--dtype bfloat16 is for a base that is frozen, since small updates are"
                    + " lost in it: give --lora-rank, or take float32");
        }
        ModelLoader.requireFolder(base);
        training.run("finetune", spec, this);
        return 0;
    }

    @Override
    public Tokenizer tokenizer(TextCorpus text) {
        return ModelLoader.tokenizer(base);
    }

    @Override
    public Learner learner(Tokenizer tokenizer, OptionalInt end, int length, Optional<Path> checkpoint)
            throws IOException {
        Optional<LoraOptions> lora = adapter.lora(base);
        if (lora.isEmpty()) {
            return Learner.of(ModelLoader.load(checkpoint.orElse(base)));
        }
        Seeds seeds = Seeds.root(training.seed()).child("adapter");
        CausalLanguageModel model = ModelLoader.load(base, type.type());
        try {
            LoraAdapter attached = checkpoint.isPresent()
                    ? ModelLoader.adapter(model, checkpoint.get(), seeds)
                    : LoraAdapter.attach(model, lora.get(), seeds);
            return new Learner(model, Optional.of(attached));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    @Override
    public void save(Learner learner, Path out) throws IOException {
        if (learner.adapter().isPresent() && adapter.isMerged()) {
            learner.adapter().get().merge();
            learner.model().save(out);
        } else {
            learner.learnt().save(out);
        }
    }
}
