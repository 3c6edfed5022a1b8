package dev.steelyard.studio.arena;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.ranking.votes.VoteFileException;
import dev.steelyard.studio.web.Access;
import dev.steelyard.studio.web.Json;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the arena's keeper asks: export, import, retiring items, withdrawing votes. */
final class AdministrationRoutes {

    private static final String JSON_LINES = "application/x-ndjson";
    private static final String CSV = "text/csv";
    private static final Set<String> FORMATS = Set.of("csv", "jsonl");
    private static final Pattern TO_BE_QUOTED = Pattern.compile("[,\"\r\n]");

    private static final int COPIED_AT_ONCE = 1 << 16;

    private final Arena arena;
    private final long largestImport;

    /** @param largestImport bytes of a file of votes */
    AdministrationRoutes(Arena arena, long largestImport) {
        this.arena = arena;
        this.largestImport = largestImport;
    }

    void route(JavalinConfig config) {
        config.routes.get("/api/votes", this::export, Access.LOOK);
        config.routes.post("/api/votes", this::importVotes, Access.CHANGE);
        config.routes.post("/api/items/{name}/retire", this::retire, Access.CHANGE);
        config.routes.get("/api/voters", this::voters, Access.LOOK);
        config.routes.post("/api/voters/{voter}/withdraw", this::withdraw, Access.CHANGE);
    }

    private void voters(Context context) {
        ObjectNode json = Json.object();
        ArrayNode rows = json.putArray("voters");
        for (VoterStanding voter : arena.voters()) {
            ObjectNode row = rows.addObject().put("voter", voter.voter()).put("votes", voter.votes());
            VotingRoutes.put(row, "agreement", voter.agreement());
        }
        VotingRoutes.answer(context, json);
    }

    private void export(Context context) throws IOException {
        String format = context.queryParam("format");
        if (format != null && !FORMATS.contains(format)) {
            throw new IllegalArgumentException(
                    "there is no format '" + format + "'; there are csv and jsonl, the default");
        }
        boolean table = "csv".equals(format);
        context.contentType(table ? CSV : JSON_LINES);
        context.header("Content-Disposition", "attachment; filename=\"votes." + (table ? "csv" : "jsonl") + "\"");
        PrintWriter out = new PrintWriter(context.outputStream(), false, StandardCharsets.UTF_8);
        if (table) {
            out.print("match,time,voter,models,ranks,prompt,pivot,propensity\r\n");
        }
        arena.export(vote -> out.print(table ? row(vote) : Json.tree(vote) + "\n"));
        out.flush();
    }

    private static String row(ExportedVote vote) {
        return List.of(
                                vote.match(),
                                text(vote.time()),
                                text(vote.voter()),
                                String.join(";", vote.models()),
                                vote.ranks().stream().map(String::valueOf).collect(Collectors.joining(";")),
                                text(vote.prompt()),
                                text(vote.pivot()),
                                text(vote.propensity()))
                        .stream()
                        .map(AdministrationRoutes::quoted)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    private static String quoted(String text) {
        return TO_BE_QUOTED.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private void importVotes(Context context) throws IOException {
        Path file = Files.createTempFile("votes", ".txt");
        try {
            receive(context, file);
            String name = context.queryParam("name") == null ? "import" : context.queryParam("name");
            long votes = arena.importVotes(file, name);
            VotingRoutes.answer(context, Json.object().put("imported", votes));
        } catch (VoteFileException e) {
            // The sender knows the lines, not where they were put for reading.
            throw new IllegalArgumentException(e.getMessage().replace(file.toString(), "votes"), e);
        } finally {
            Files.delete(file);
        }
    }

    /** Puts the body into a file, so that no large one must fit into memory. */
    private void receive(Context context, Path file) throws IOException {
        try (InputStream body = context.bodyInputStream();
                OutputStream out = Files.newOutputStream(file)) {
            byte[] bytes = new byte[COPIED_AT_ONCE];
            long received = 0;
            for (int count = body.read(bytes); count >= 0; count = body.read(bytes)) {
                received += count;
                if (received > largestImport) {
                    throw new ContentTooLargeResponse();
                }
                out.write(bytes, 0, count);
            }
        }
    }

    private void retire(Context context) {
        arena.retire(context.pathParam("name"));
        VotingRoutes.answer(context, Json.object().put("retired", context.pathParam("name")));
    }

    private void withdraw(Context context) {
        VotingRoutes.answer(context, Json.object().put("withdrawn", arena.withdraw(context.pathParam("voter"))));
    }
}
