package dev.steelyard.studio.decide;

import java.util.concurrent.atomic.LongAdder;

/** How the log was written since the start. */
final class CommitCounts implements EventLog.CommitListener {

    private final LongAdder commits = new LongAdder();

    @Override
    public void committed(int writes, long nanos) {
        commits.increment();
    }

    @Override
    public void failed(int writes) {}
}
