package dev.steelyard.studio.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.studio.web.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is stopped while many ask answers what it was asked. */
@Timeout(120)
class StoppedServerTest {

    @TempDir
    Path folder;

    @Test
    void whatWasAskedIsAnsweredAndOnDisk() throws Exception {
        Set<Long> decided = ConcurrentHashMap.newKeySet();
        Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        DecisionService service = new DecisionService(folder.resolve("decide.db"));
        DecisionServer server = new DecisionServer(service, ServerOptions.local(0));
        service.create(Json.object("{\"id\": \"e\", \"learner\": \"ucb1\", \"arms\": [\"a\", \"b\"]}"));
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            DecisionClient client = new DecisionClient(server);
            clients.add(Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        DecisionClient.Answer answer = client.post("/experiments/e/decisions", "");
                        statuses.add(answer.status());
                        if (answer.status() == 200) {
                            decided.add(answer.json().get("id").asLong());
                        }
                    }
                } catch (IOException e) {
                    // The server is gone, or took the connection while it went and never read it.
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        while (decided.size() < 50) {
            Thread.sleep(2);
        }
        server.close();
        service.close();
        for (Thread client : clients) {
            client.join();
        }
        assertThat(statuses).contains(200).isSubsetOf(200, 503);
        Set<Long> onDisk = new HashSet<>();
        try (DecisionService again = new DecisionService(folder.resolve("decide.db"))) {
            again.export(
                    "e", line -> onDisk.add(Json.object(line).get("decision").asLong()));
        }
        // What is on disk was answered too: nobody is left without an answer.
        assertThat(decided).isEqualTo(onDisk);
    }
}
