package dev.steelyard.language.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Faulty and corrected sentences written by people: the examples of LanguageTool's English rules, from the artifact
 * {@code language-en}.
 */
public final class SentencePairs {

    // The rules that hold for all English, and those for American English; other variants contradict the latter.
    private static final List<String> FILES =
            List.of("grammar.xml", "style.xml", "en-US/grammar.xml", "en-US/style.xml");
    private static final String FOLDER = "/org/languagetool/rules/en/";
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private SentencePairs() {}

    /**
     * About 10,000 different pairs, in the order of the rules. Of several corrections the first is taken; examples
     * without one (LanguageTool writes an empty correction where it only warns) are left out.
     *
     * @throws TextDataException if the artifact is not on the class path or its rules cannot be read
     */
    public static List<SentencePair> languageTool() {
        Set<String> seen = new LinkedHashSet<>();
        List<SentencePair> pairs = new ArrayList<>();
        for (String file : FILES) {
            try (InputStream stream = SentencePairs.class.getResourceAsStream(FOLDER + file)) {
                if (stream == null) {
                    throw new TextDataException("LanguageTool's " + FOLDER + file + " is not on the class path;"
                            + " add the artifact org.languagetool:language-en:6.6");
                }
                for (SentencePair pair : read(file, stream)) {
                    if (seen.add(pair.faulty() + '\n' + pair.corrected())) {
                        pairs.add(pair);
                    }
                }
            } catch (IOException e) {
                throw new TextDataException("LanguageTool's " + file + " cannot be read from its jar", e);
            }
        }
        return List.copyOf(pairs);
    }

    /**
     * The pairs of one rules file.
     *
     * @param name for messages
     * @throws TextDataException if it is not well-formed; the message names the line
     */
    static List<SentencePair> read(String name, InputStream rules) {
        // Nothing outside the stream can be fetched, and no entity of a text is expanded: the rules use them in
        // patterns,
        // never in examples. Their declarations must be read, since Java's parser cannot skip those that hold a
        // bracket.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(rules);
            List<SentencePair> pairs = new ArrayList<>();
            String rule = "";
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    String id = xml.getAttributeValue(null, "id");
                    switch (xml.getLocalName()) {
                        case "rule", "rulegroup" -> rule = id == null ? rule : id;
                        case "example" -> addPair(xml, rule, pairs);
                        default -> {
                            // Patterns, messages and the rest.
                        }
                    }
                }
            }
            return pairs;
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw new TextDataException(name + ":" + line + ": the rules are not well-formed XML", e);
        }
    }

    private static void addPair(XMLStreamReader xml, String rule, List<SentencePair> pairs) throws XMLStreamException {
        String corrections = xml.getAttributeValue(null, "correction");
        StringBuilder faulty = new StringBuilder();
        StringBuilder corrected = new StringBuilder();
        boolean inMarker = false;
        boolean marked = false;
        boolean whole = true;
        int event = xml.next();
        while (!(event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("example"))) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    inMarker = true;
                    marked = true;
                    corrected.append(first(corrections));
                }
                case XMLStreamConstants.END_ELEMENT -> inMarker = false;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    faulty.append(xml.getText());
                    if (!inMarker) {
                        corrected.append(xml.getText());
                    }
                }
                case XMLStreamConstants.ENTITY_REFERENCE -> whole = false;
                default -> {
                    // Comments.
                }
            }
            event = xml.next();
        }
        SentencePair pair = new SentencePair(rule, tidy(faulty), tidy(corrected));
        if (whole && marked && !first(corrections).isEmpty() && !pair.faulty().equals(pair.corrected())) {
            pairs.add(pair);
        }
    }

    private static String first(String corrections) {
        if (corrections == null) {
            return "";
        }
        int bar = corrections.indexOf('|');
        return bar < 0 ? corrections : corrections.substring(0, bar);
    }

    private static String tidy(StringBuilder text) {
        return SPACES.matcher(text).replaceAll(" ").strip();
    }
}
