package dev.steelyard.online.streamingmab;

/** A setting of the study: a kind of stream, how many arms it has, pulls in all. */
record StreamSetting(String kind, int arms, long horizon) {

    String text() {
        return kind + " K=" + arms + " T=" + horizon;
    }

    static StreamSetting of(String text) {
        String[] parts = text.split(" [KT]=");
        return new StreamSetting(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }

    /** Another kind of stream of this size. */
    StreamSetting with(String otherKind) {
        return new StreamSetting(otherKind, arms, horizon);
    }

    StreamScale scale() {
        return StreamScale.of(arms, horizon);
    }
}
