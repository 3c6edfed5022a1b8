package dev.steelyard.torch.safetensors;

import dev.steelyard.torch.safetensors.SafetensorsException.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How shards are named: {@code model-00001-of-00003.safetensors}. */
final class ShardName {

    private static final Pattern SHARD = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.safetensors");

    private ShardName() {}

    /** The name of a shard, counted from 1. */
    static String of(int number, int count) {
        return of("model", number, count);
    }

    /** In digits that every reader knows, whatever the user's language writes. */
    private static String of(String set, int number, int count) {
        return String.format(Locale.ROOT, "%s-%05d-of-%05d.safetensors", set, number, count);
    }

    /**
     * Requires that sorted files are all shards of one set, which no index joins.
     *
     * @throws SafetensorsException if a shard is missing, or they are not of one set
     */
    static void requireWholeSet(Path folder, List<Path> files) {
        Matcher first = SHARD.matcher(files.getFirst().getFileName().toString());
        boolean oneSet = first.matches();
        for (Path file : files) {
            Matcher shard = SHARD.matcher(file.getFileName().toString());
            oneSet = oneSet
                    && shard.matches()
                    && shard.group(1).equals(first.group(1))
                    && shard.group(3).equals(first.group(3));
        }
        if (!oneSet) {
            throw new SafetensorsException(
                    Reason.NO_WEIGHTS,
                    folder,
                    "the folder holds " + files.size() + " safetensors files and neither " + ShardIndex.FILE + " nor "
                            + SafetensorsFolder.SINGLE + " to say which are the model's; add the index");
        }
        int count = Integer.parseInt(first.group(3));
        for (int number = 1; number <= count; number++) {
            String due = of(first.group(1), number, count);
            if (number > files.size()
                    || !files.get(number - 1).getFileName().toString().equals(due)) {
                throw new SafetensorsException(Reason.SHARD_MISSING, folder, "shard " + due + " is missing; fetch it");
            }
        }
        if (files.size() > count) {
            throw new SafetensorsException(
                    Reason.NO_WEIGHTS, folder, "there are more shards than their names say; remove the others");
        }
    }
}
