package dev.steelyard.online.wire;

import java.util.ArrayList;
import java.util.List;

/** What factories of one kind of learner have in common: a name, a description, an option that all have and their own. */
public abstract class DescribedFactory implements LearnerFactory {

    private final String name;
    private final String description;
    private final List<Option> options;

    /**
     * @param common the option that all of the kind have
     * @param own options of this one
     */
    protected DescribedFactory(String name, String description, Option common, List<Option> own) {
        this.name = name;
        this.description = description;
        List<Option> all = new ArrayList<>();
        all.add(common);
        all.addAll(own);
        this.options = List.copyOf(all);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String description() {
        return description;
    }

    @Override
    public final List<Option> options() {
        return options;
    }
}
