package dev.steelyard.online.oomdsea;

/**
 * A cell of the study.
 *
 * @param noise sigma
 * @param period of the drift in rounds, 0 for none; in the dynamic part how often the direction is redrawn
 * @param rounds T
 */
record SeaSetting(double noise, int period, int rounds) {

    String text() {
        return "sigma=" + noise + " per=" + period + " T=" + rounds;
    }

    static SeaSetting of(String text) {
        String[] parts = text.split(" ");
        return new SeaSetting(
                Double.parseDouble(parts[0].substring("sigma=".length())),
                Integer.parseInt(parts[1].substring("per=".length())),
                Integer.parseInt(parts[2].substring("T=".length())));
    }

    SeaSetting rounds(int other) {
        return new SeaSetting(noise, period, other);
    }
}
