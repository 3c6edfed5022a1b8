package dev.steelyard.cli;

import dev.steelyard.core.study.TrialFailedException;
import dev.steelyard.language.model.InvalidModelException;
import dev.steelyard.language.pretrain.NonFiniteLossException;
import dev.steelyard.language.text.TextDataException;
import dev.steelyard.language.tokenizer.InvalidTokenizerException;
import dev.steelyard.torch.NonFiniteGradientException;
import dev.steelyard.torch.UnsupportedPlatformException;
import dev.steelyard.torch.safetensors.SafetensorsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns an exception into one message and an exit code. */
final class ErrorMessages implements IExecutionExceptionHandler {

    static final int FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int STOPPED = 130;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (isStop(failure)) {
            return STOPPED;
        }
        command.getErr().println(command.getColorScheme().errorText("steelyard: " + message(failure)));
        if (verbose(parsed)) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return isBadInput(failure) ? BAD_INPUT : FAILED;
    }

    /** A stop that comes while a file is written closes the file's channel. */
    private static boolean isStop(Throwable failure) {
        return failure instanceof InterruptedException
                || failure instanceof ClosedByInterruptException
                || (failure.getCause() != null && isStop(failure.getCause()));
    }

    private static boolean verbose(ParseResult parsed) {
        ParseResult innermost = parsed;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        return innermost.hasMatchedOption("--verbose");
    }

    private static boolean isBadInput(Throwable failure) {
        return switch (failure) {
            case TrialFailedException trial -> false;
            case IllegalArgumentException bad -> true;
            case UnsupportedPlatformException bad -> true;
            case NonFiniteGradientException bad -> true;
            case UncheckedIOException bad -> true;
            case IOException bad -> true;
            case TextDataException bad -> true;
            case SafetensorsException bad -> true;
            case NonFiniteLossException bad -> true;
            case InvalidModelException bad -> true;
            case InvalidTokenizerException bad -> true;
            default -> false;
        };
    }

    private static String message(Throwable failure) {
        Throwable cause = failure.getCause();
        if (failure instanceof UncheckedIOException && String.valueOf(cause).equals(failure.getMessage())) {
            return message(cause);
        }
        if (failure instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile() + "; look at the path";
        }
        if (failure instanceof FileAlreadyExistsException present) {
            return "there is a file already at " + present.getFile() + "; name another place";
        }
        if (failure instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile() + "; change its rights, or name another place";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
