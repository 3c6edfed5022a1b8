package dev.steelyard.online.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.numbers.gamma.LogBeta;
import org.junit.jupiter.api.Test;

class BetaQuadratureTest {

    private static final MathContext DIGITS = new MathContext(80);

    /** Survivals and densities with whole parameters are polynomials of whole coefficients: the integral is exact. */
    @Test
    void probabilitiesAreTheExactIntegrals() {
        SplittableRandom random = new SplittableRandom(5);
        for (int arms = 1; arms <= 5; arms++) {
            for (int trial = 0; trial < 6; trial++) {
                long[] alpha = random.longs(arms, 1, 9).toArray();
                long[] beta = random.longs(arms, 1, 9).toArray();
                BetaQuadrature quadrature = new BetaQuadrature(alpha, beta);
                for (int arm = 0; arm < arms; arm++) {
                    assertThat(quadrature.probability(arm))
                            .as("arm %d of %s, %s", arm, Arrays.toString(alpha), Arrays.toString(beta))
                            .isCloseTo(exact(arm, alpha, beta), within(1e-9));
                }
            }
        }
    }

    @Test
    void probabilitiesStayTheExactIntegralsWhileItLearns() {
        SplittableRandom random = new SplittableRandom(6);
        int arms = 4;
        long[] alpha = {1, 1, 1, 1};
        long[] beta = {1, 1, 1, 1};
        BetaQuadrature quadrature = new BetaQuadrature(alpha, beta);
        for (int observation = 0; observation < 30; observation++) {
            int arm = random.nextInt(arms);
            boolean failure = random.nextInt(arms + 1) <= arm;
            quadrature.observe(arm, failure);
            (failure ? alpha : beta)[arm]++;
            if (quadrature.isStale()) {
                quadrature = new BetaQuadrature(alpha, beta);
            }
            for (int each = 0; each < arms; each++) {
                assertThat(quadrature.probability(each)).isCloseTo(exact(each, alpha, beta), within(1e-7));
            }
        }
    }

    /** The sum for two arms: P(X < Y) = sum over i below Y's alpha of B(a + i, b + d) / ((d + i) B(1 + i, d) B(a, b)). */
    @Test
    void narrowPosteriorsBesideWideOnesAreIntegratedToo() {
        long[][] posteriors = {{500_000, 500_000}, {3, 2}, {4_010, 3_990}, {1, 1}, {200_000, 200_300}, {1, 90_000}};
        for (long[] first : posteriors) {
            for (long[] second : posteriors) {
                if (first != second && second[0] < 10_000) {
                    BetaQuadrature quadrature =
                            new BetaQuadrature(new long[] {first[0], second[0]}, new long[] {first[1], second[1]});
                    assertThat(quadrature.probability(0))
                            .as("%s lower than %s", Arrays.toString(first), Arrays.toString(second))
                            .isCloseTo(firstIsLower(first, second), within(1e-8));
                }
            }
        }
    }

    private static double firstIsLower(long[] first, long[] second) {
        double sum = 0;
        for (long i = 0; i < second[0]; i++) {
            sum += Math.exp(LogBeta.value(first[0] + (double) i, first[1] + (double) second[1])
                            - LogBeta.value(1 + (double) i, second[1])
                            - LogBeta.value(first[0], first[1]))
                    / (second[1] + i);
        }
        return sum;
    }

    @Test
    void equalArmsAreEquallyLikelyHoweverManyThereAre() {
        for (int arms : new int[] {1, 2, 17, 1000}) {
            long[] ones = new long[arms];
            Arrays.fill(ones, 1);
            BetaQuadrature quadrature = new BetaQuadrature(ones, ones);
            assertThat(quadrature.probability(0)).isCloseTo(1.0 / arms, within(1e-10));
            assertThat(quadrature.probability(arms - 1)).isCloseTo(1.0 / arms, within(1e-10));
        }
    }

    @Test
    void aProbabilityIsNeverAboveOne() {
        SplittableRandom random = new SplittableRandom(8);
        for (int trial = 0; trial < 200; trial++) {
            BetaQuadrature quadrature = new BetaQuadrature(
                    new long[] {1 + random.nextInt(100), 4000}, new long[] {1 + random.nextInt(4000), 20});
            assertThat(quadrature.probability(0)).isBetween(0.99, 1.0);
        }
    }

    @Test
    void panelsThatNoLongerFitAreSeen() {
        BetaQuadrature quadrature = new BetaQuadrature(new long[] {1, 1}, new long[] {1, 1});
        assertThat(quadrature.isStale()).isFalse();
        for (int round = 0; round < 3000; round++) {
            quadrature.observe(0, round % 2 == 0);
        }
        assertThat(quadrature.isStale()).isTrue();
    }

    /** Decisions as Thompson sampling is published: a mean of each arm from its posterior, the lowest played. */
    @Test
    void drawsAreThoseOfTheLowestOfAllArmsDraws() {
        int[] alpha = {2, 3, 1, 30};
        int[] beta = {5, 4, 1, 40};
        BetaQuadrature quadrature = new BetaQuadrature(
                Arrays.stream(alpha).asLongStream().toArray(),
                Arrays.stream(beta).asLongStream().toArray());
        int draws = 100_000;
        int[] drawn = new int[alpha.length];
        int[] published = new int[alpha.length];
        SplittableRandom random = new SplittableRandom(3);
        for (int draw = 0; draw < draws; draw++) {
            drawn[quadrature.draw(random)]++;
            published[lowest(alpha, beta, random)]++;
        }
        for (int arm = 0; arm < alpha.length; arm++) {
            double probability = quadrature.probability(arm);
            double error = Math.sqrt(probability * (1 - probability) / draws);
            assertThat(drawn[arm] / (double) draws).isCloseTo(probability, within(4 * error));
            assertThat(published[arm] / (double) draws).isCloseTo(probability, within(4 * error));
        }
    }

    private static int lowest(int[] alpha, int[] beta, SplittableRandom random) {
        int best = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int arm = 0; arm < alpha.length; arm++) {
            double first = gamma(alpha[arm], random);
            double value = first / (first + gamma(beta[arm], random));
            if (value < lowest) {
                lowest = value;
                best = arm;
            }
        }
        return best;
    }

    /** A Gamma draw of a whole shape is a sum of exponential ones. */
    private static double gamma(int shape, SplittableRandom random) {
        double sum = 0;
        for (int i = 0; i < shape; i++) {
            sum -= Math.log1p(-random.nextDouble());
        }
        return sum;
    }

    private static double exact(int arm, long[] alpha, long[] beta) {
        BigInteger[] product = density((int) alpha[arm], (int) beta[arm]);
        for (int other = 0; other < alpha.length; other++) {
            if (other != arm) {
                product = times(product, survival((int) alpha[other], (int) beta[other]));
            }
        }
        BigDecimal integral = BigDecimal.ZERO;
        for (int power = 0; power < product.length; power++) {
            integral = integral.add(new BigDecimal(product[power]).divide(BigDecimal.valueOf(power + 1L), DIGITS));
        }
        return integral.doubleValue();
    }

    /** x^(a-1) (1-x)^(b-1) / B(a, b), by powers of x. */
    private static BigInteger[] density(int alpha, int beta) {
        BigInteger scale = choose(alpha + beta - 1, alpha).multiply(BigInteger.valueOf(alpha));
        return term(scale, alpha - 1, beta - 1);
    }

    /** P(X > x) is the probability of fewer than a successes in a + b - 1 tries of probability x. */
    private static BigInteger[] survival(int alpha, int beta) {
        int tries = alpha + beta - 1;
        BigInteger[] sum = new BigInteger[tries + 1];
        Arrays.fill(sum, BigInteger.ZERO);
        for (int successes = 0; successes < alpha; successes++) {
            BigInteger[] term = term(choose(tries, successes), successes, tries - successes);
            for (int power = 0; power < term.length; power++) {
                sum[power] = sum[power].add(term[power]);
            }
        }
        return sum;
    }

    /** scale x^first (1-x)^second. */
    private static BigInteger[] term(BigInteger scale, int first, int second) {
        BigInteger[] term = new BigInteger[first + second + 1];
        Arrays.fill(term, BigInteger.ZERO);
        for (int k = 0; k <= second; k++) {
            BigInteger coefficient = scale.multiply(choose(second, k));
            term[first + k] = k % 2 == 0 ? coefficient : coefficient.negate();
        }
        return term;
    }

    private static BigInteger choose(int from, int many) {
        BigInteger result = BigInteger.ONE;
        for (int i = 1; i <= many; i++) {
            result = result.multiply(BigInteger.valueOf(from - many + i)).divide(BigInteger.valueOf(i));
        }
        return result;
    }

    private static BigInteger[] times(BigInteger[] first, BigInteger[] second) {
        BigInteger[] product = new BigInteger[first.length + second.length - 1];
        Arrays.fill(product, BigInteger.ZERO);
        for (int i = 0; i < first.length; i++) {
            for (int k = 0; k < second.length; k++) {
                product[i + k] = product[i + k].add(first[i].multiply(second[k]));
            }
        }
        return product;
    }
}
