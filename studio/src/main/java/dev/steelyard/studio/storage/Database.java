package dev.steelyard.studio.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/** A kind of database: how it is connected to, and how one process keeps the others from writing. */
abstract sealed class Database implements AutoCloseable permits SqliteFile, PostgresDatabase {

    private static final String SQLITE = "jdbc:sqlite:";

    /**
     * The database of an address.
     *
     * @param address a file's path, {@code jdbc:sqlite:PATH} or {@code jdbc:postgresql://host:port/name}
     * @param environment may hold PGUSER and PGPASSWORD, for an address that names no user or password
     * @throws IllegalArgumentException if it is none of these; the message does not repeat what may hold a password
     */
    static Database at(String address, Map<String, String> environment) {
        if (address.startsWith(PostgresDatabase.PREFIX)) {
            return new PostgresDatabase(address, environment);
        }
        if (address.startsWith(SQLITE)) {
            return new SqliteFile(Path.of(address.substring(SQLITE.length())));
        }
        if (address.startsWith("jdbc:") || address.contains("://")) {
            throw new IllegalArgumentException("an address that starts with '"
                    + address.substring(0, address.indexOf(':', address.startsWith("jdbc:") ? 5 : 0) + 1)
                    + "' is of no database that is known here; give a file's path, or " + PostgresDatabase.PREFIX
                    + "//host:port/name");
        }
        return new SqliteFile(Path.of(address));
    }

    /** Where it is, without user and password. */
    abstract String place();

    /** What to do when it cannot be opened. */
    abstract String remedy();

    /** What a table's definition ends with, for tables whose rows are their primary key's index. */
    abstract String keyed();

    /**
     * Connects for writing, and keeps all others from it until the connection ends.
     *
     * @param log named in what keeps the others out; logs of other names stay free
     * @param patience how long to wait for another writer to go
     * @return a connection without automatic commits
     * @throws StorageException if another writes there
     */
    abstract Connection connectToWrite(String log, Duration patience) throws SQLException;

    /** Connections for reading; each sees what was committed before. */
    abstract DataSource readers();

    @Override
    public abstract void close();
}
