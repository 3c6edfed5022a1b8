package dev.steelyard.cli;

import dev.steelyard.core.report.Provenance;
import picocli.CommandLine.IVersionProvider;

/** What {@code steelyard --version} says. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        Provenance provenance = Provenance.current();
        return new String[] {"steelyard " + provenance.version() + " (commit " + provenance.commit() + ")"};
    }
}
