/**
 * Where the services keep their logs: {@link dev.steelyard.studio.storage.LogStore} over a SQLite file or a PostgreSQL
 * database, with this process as the log's only writer, every write forced to disk before it returns.
 */
package dev.steelyard.studio.storage;
