package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A text and the command that trains a model of a few thousand weights on it, in well under a second. */
record TinyModel(Path text, Path folder) {

    /** A text in {@code place}, and a folder for the model beside it. */
    static TinyModel in(Path place) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            text.append("the %d small wheel turns the %d large wheel%n%n".formatted(i, i % 5));
        }
        return new TinyModel(Files.writeString(place.resolve("text.txt"), text), place.resolve("model"));
    }

    /** The command line of its training; options given here take the place of those of that name. */
    Object[] training(Object... more) {
        List<Object> options = new ArrayList<>(
                List.of("--steps", 6, "--batch", 2, "--length", 16, "--width", 16, "--layers", 1, "--heads", 2));
        options.addAll(List.of("--vocabulary", 280, "--checkpoint-every", 3, "--threads", 1));
        for (Object name : more) {
            int place = options.indexOf(name);
            if (place >= 0) {
                options.subList(place, place + 2).clear();
            }
        }
        return Stream.of(Stream.of("pretrain", text, "--out", folder), options.stream(), Arrays.stream(more))
                .flatMap(part -> part)
                .toArray();
    }

    /** Trains it. */
    TinyModel trained() {
        Steelyard.Outcome outcome = Steelyard.run(training());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return this;
    }

    Path checkpoint(int step) {
        return folder.resolve("checkpoints").resolve("step-%06d".formatted(step));
    }

    /** A copy that a test may spoil. */
    TinyModel copyTo(Path place) throws IOException {
        Path copy = place.resolve("model");
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                Files.copy(path, copy.resolve(folder.relativize(path).toString()));
            }
        }
        return new TinyModel(text, copy);
    }

    /** As if the training had been stopped after step 3 of 6. */
    TinyModel stoppedHalfway() throws IOException {
        try (Stream<Path> last = Files.list(checkpoint(6))) {
            for (Path file : last.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(checkpoint(6));
        for (String file : new String[] {"config.json", "model.safetensors"}) {
            Files.delete(folder.resolve(file));
        }
        return this;
    }
}
