package dev.steelyard.cli;

import dev.steelyard.language.generate.SamplingOptions;
import dev.steelyard.language.generate.TextGenerator;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.tokenizer.Tokenizer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a language model write. */
@Command(
        name = "generate",
        description = "Let a language model go on with a text. The model is a Hugging Face folder of the Llama family.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard generate model \"a kind of\"",
            "  steelyard generate model \"a kind of\" --temperature 0 --tokens 40"
        })
final class GenerateCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "Folder with config.json or adapter_config.json, weights and tokenizer.json.")
    private Path folder;

    @Parameters(index = "1", paramLabel = "PROMPT", description = "The text to go on with.")
    private String prompt;

    @Option(names = "--tokens", paramLabel = "N", defaultValue = "64", description = "Tokens at most (default: 64).")
    private int tokens;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0.8",
            description = "0 takes the likeliest token; default: 0.8.")
    private double temperature;

    @Option(names = "--top-k", paramLabel = "K", defaultValue = "0", description = "Draw from the K likeliest; 0: all.")
    private int topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            defaultValue = "1",
            description = "Draw from the likeliest that hold P of the probability (default: 1).")
    private double topP;

    @Mixin
    private SeedOption seed;

    @Mixin
    private TypeOption type;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws Exception {
        SamplingOptions options = new SamplingOptions(temperature, topK, topP, seed.seed(), tokens, true);
        PrintWriter out = output.writer();
        try (CausalLanguageModel model = ModelLoader.load(folder, type.type());
                Tokenizer tokenizer = ModelLoader.tokenizer(folder)) {
            tokenizer.requireFits(model.config());
            if (!output.isJson()) {
                out.print(prompt);
            }
            String written = new TextGenerator(model).write(prompt, tokenizer, options, piece -> {
                if (!output.isJson()) {
                    out.print(piece);
                    out.flush();
                }
            });
            output.print(() -> result(written), PrintWriter::println);
            return 0;
        }
    }

    private Map<String, Object> result(String written) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("prompt", prompt);
        result.put("text", written);
        return result;
    }
}
