package dev.steelyard.studio.arena;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Sends a file or exactly the asked part of it, so that browsers can seek in audio and video. */
record MediaFile(Path file) {

    private static final int BUFFER = 1 << 16;

    /** Answers; nothing tells the file's name. */
    void answer(Context context) throws IOException {
        long size = Files.size(file);
        String tag = '"'
                + Long.toHexString(size)
                + '-'
                + Long.toHexString(Files.getLastModifiedTime(file).toMillis())
                + '"';
        context.header("Cache-Control", "private, max-age=3600");
        context.header("ETag", tag);
        context.header("Accept-Ranges", "bytes");
        if (tag.equals(context.header("If-None-Match"))) {
            context.status(304);
            return;
        }
        String condition = context.header("If-Range");
        Optional<ByteRange> range = condition == null || condition.equals(tag)
                ? ByteRange.of(context.header("Range"), size)
                : Optional.empty(); // a part of what the browser has, of a file that changed since
        if (range.isPresent() && !range.get().isSatisfiable()) {
            context.header("Content-Range", "bytes */" + size);
            throw new UnsatisfiableRangeException(context.header("Range"), size);
        }
        ByteRange part = range.orElse(new ByteRange(0, size - 1));
        if (range.isPresent()) {
            context.status(206).header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + size);
        }
        context.contentType(Output.mediaType(file));
        context.res().setContentLengthLong(part.length());
        // Not the context's own stream, which may compress: a range is one of the file's bytes.
        send(part, context.res().getOutputStream());
    }

    private void send(ByteRange part, OutputStream out) throws IOException {
        try (FileChannel channel = FileChannel.open(file);
                InputStream in = Channels.newInputStream(channel.position(part.first()))) {
            byte[] buffer = new byte[BUFFER];
            long left = part.length();
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException(file + " was cut while it was sent");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    /** The file holds none of the bytes that were asked for. */
    static final class UnsatisfiableRangeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnsatisfiableRangeException(String range, long size) {
            super("the file has " + size + " bytes, and none of the range " + range + "; ask for bytes=0-" + (size - 1)
                    + " or a part of it");
        }
    }
}
