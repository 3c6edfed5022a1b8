package dev.steelyard.studio.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A file of SQLite with a write-ahead log, forced at each commit. A lock on a file beside it keeps other processes from
 * writing; the system frees it when the process ends, however it ends.
 */
final class SqliteFile extends Database {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final long POLL_MILLIS = 50;

    private final Path file;
    private final SQLiteDataSource source;
    private FileChannel lockFile;

    SqliteFile(Path file) {
        if (file.toString().startsWith(":")) {
            throw new IllegalArgumentException("a log in memory would be lost with the process; name a file");
        }
        this.file = file.toAbsolutePath();
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(PATIENCE_MILLIS);
        this.source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + this.file);
    }

    @Override
    String place() {
        return file.toString();
    }

    @Override
    String remedy() {
        return "it must be a file that can be written, or not be there yet";
    }

    @Override
    String keyed() {
        return " WITHOUT ROWID";
    }

    @Override
    Connection connectToWrite(String log, Duration patience) throws SQLException {
        if (lockFile == null) {
            lock(patience);
        }
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private void lock(Duration patience) {
        Path beside = Path.of(file + ".lock");
        long until = System.nanoTime() + patience.toNanos();
        FileChannel channel = null;
        try {
            channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            while (channel.tryLock() == null) {
                if (System.nanoTime() >= until) {
                    channel.close();
                    throw new StorageException("another process writes to " + file
                            + "; a log has one writer: stop that process, or name another file");
                }
                Thread.sleep(POLL_MILLIS);
            }
            lockFile = channel;
        } catch (OverlappingFileLockException e) {
            throw new StorageException("another log of this process writes to " + file + "; a log has one writer", e);
        } catch (IOException e) {
            throw new StorageException(
                    "cannot open " + file + " (" + beside + " cannot be locked: " + e.getMessage() + "): " + remedy(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("stopped while waiting for " + file, e);
        }
    }

    @Override
    DataSource readers() {
        return source;
    }

    @Override
    public void close() {
        if (lockFile != null) {
            try {
                lockFile.close();
                lockFile = null;
            } catch (IOException e) {
                throw new StorageException("cannot free " + file + " (" + e.getMessage() + ")", e);
            }
        }
    }
}
