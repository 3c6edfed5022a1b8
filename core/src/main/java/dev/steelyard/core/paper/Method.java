package dev.steelyard.core.paper;

/**
 * A method that is built. Each is named by one line of
 * {@code META-INF/services/dev.steelyard.core.paper.Method}; a method with a study registers its
 * {@link dev.steelyard.core.study.Study}, which is a {@code Method} too.
 */
public interface Method {

    /** The slug of the paper in the {@link Catalogue}. */
    String slug();

    /** The catalogue's entry. */
    default Paper paper() {
        return Catalogue.standard().paper(slug());
    }
}
