package dev.steelyard.optim.adamp;

import dev.steelyard.core.paper.Claim;
import java.util.List;

/** The paper's claims as the study puts them to the test. */
final class AdamPClaims {

    static final Claim TOY_NORMS = Claim.of(
                    "toy-norms",
                    "On a scale-invariant loss momentum makes the weight's norm grow; SGDP and AdamP hold it near that of"
                            + " plain gradient descent")
            .figure(
                    "plots of a 3-D toy; in theory the squared norm grows 1 + 2 mu/(1 - mu) times as fast, 19 at mu 0.9")
            .above("momentum", "least norm growth with momentum over the starts (end over start)", 1.5)
            .below("sgdp", "largest norm growth of SGDP over the starts (end over start)", 1.15)
            .below("adamp", "largest norm growth of AdamP over the starts (end over start)", 1.15);

    static final Claim TOY_SPEED = Claim.of(
                    "toy-speed", "On a scale-invariant loss SGDP and AdamP get lower sooner than momentum and Adam")
            .figure("trajectories on a 3-D toy; no numbers")
            .below("sgdp-500-worst", "f of SGDP over f of momentum after 500 steps, worst start", 1)
            .below("sgdp-1000-worst", "f of SGDP over f of momentum after 1000 steps, worst start", 1)
            .above("sgdp-500", "mean log of f of momentum over f of SGDP after 500 steps", Math.log(2))
            .above("sgdp-1000", "mean log of f of momentum over f of SGDP after 1000 steps", Math.log(2))
            .below("adamp-500-worst", "f of AdamP over f of Adam after 500 steps, worst start", 1);

    static final Claim NETWORK_NORMS = Claim.of(
                    "network-norms",
                    "In a network with batch normalisation, at an equal learning rate, SGDP and AdamP slow the growth of"
                            + " the weights' norms")
            .figure("plots of norm and effective step size of ResNet18 on ImageNet")
            .below("sgdp", "growth of the squared norm under SGDP over that under SGD, learning rate 0.3", 1.0 / 3)
            .below(
                    "adamp",
                    "growth of the squared norm under AdamP over that under AdamW, learning rate 0.03",
                    1.0 / 3);

    static final Claim SGDP_ACCURACY = Claim.of(
                    "sgdp-accuracy", "SGDP classifies better than SGD with momentum, each at its own learning rate")
            .figure("ImageNet top-1: ResNet18 70.47 to 70.70, ResNet50 76.57 to 76.66, MobileNetV2 71.55 to 72.09")
            .above("gain", "test accuracy of SGDP minus that of SGD, teacher-student task", 0);

    static final Claim ADAMP_ACCURACY = Claim.of(
                    "adamp-accuracy", "AdamP classifies better than AdamW, each at its own learning rate")
            .figure("ImageNet top-1: ResNet18 69.39 to 70.82, ResNet50 75.54 to 76.92, MobileNetV2 71.21 to 72.45")
            .above("gain", "test accuracy of AdamP minus that of AdamW, teacher-student task", 0);

    static final Claim BENCHMARKS = Claim.of(
                    "benchmarks",
                    "The gain is uniform over 13 benchmarks: detection, retrieval, language, audio, attacks")
            .figure("e.g. WikiText-103 perplexity of Transformer-XL 23.33 to 23.26")
            .above("least-gain", "least gain over the 13 benchmarks, each in its own unit", 0);

    static final List<Claim> ALL =
            List.of(TOY_NORMS, TOY_SPEED, NETWORK_NORMS, SGDP_ACCURACY, ADAMP_ACCURACY, BENCHMARKS);

    private AdamPClaims() {}
}
