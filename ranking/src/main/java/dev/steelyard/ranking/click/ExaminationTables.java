package dev.steelyard.ranking.click;

/** Measured probabilities of looking at a place, as used by Ai et al. (2018). */
public final class ExaminationTables {

    private static final double[] POSITIONS = {.68, .61, .48, .34, .28, .20, .11, .10, .08, .06};

    /** Row: place; column: places since the last click, less one (the last column: none yet). */
    private static final double[][] BROWSING = {
        {1},
        {.98, 1},
        {1, .62, .95},
        {1, .77, .42, .82},
        {1, .92, .55, .31, .69},
        {1, .96, .63, .4, .22, .54},
        {1, .99, .73, .46, .29, .17, .47},
        {1, 1, .89, .52, .35, .24, .14, .43},
        {1, 1, .95, .68, .4, .29, .19, .12, .41},
        {1, 1, 1, .96, .52, .36, .27, .18, .12, .43}
    };

    private ExaminationTables() {}

    /** Examination of the places 0 to 9; places below have the last one's. */
    public static double[] positions(double severity) {
        double[] examination = new double[POSITIONS.length];
        for (int k = 0; k < examination.length; k++) {
            examination[k] = Math.pow(POSITIONS[k], severity);
        }
        return examination;
    }

    /**
     * Examination of a place given the last click. Places beyond the table's 10 have the last one's, and clicks further
     * away than it tells of count as its furthest.
     *
     * @param lastClick place of the last click, -1 if none
     */
    public static double browsing(int place, int lastClick, double severity) {
        double[] row = BROWSING[Math.min(place, BROWSING.length - 1)];
        int none = row.length - 1;
        int column = lastClick < 0 ? none : Math.min(place - lastClick - 1, none - 1);
        return Math.pow(row[column], severity);
    }
}
