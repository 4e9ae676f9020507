package org.cheesecoin.member.persistence;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The mark beside a database, for as long as that is open; and whether it went back, for any thread. A database without a
 * data folder, as in a benchmark, has none.
 */
final class MarkBeside implements AutoCloseable {

    private final Optional<MarkFile> file;
    private volatile Optional<WentBack> wentBack = Optional.empty();

    private MarkBeside(Optional<MarkFile> file) {
        this.file = file;
    }

    static MarkBeside inFolder(Path folder) {
        return new MarkBeside(Optional.of(new MarkFile(folder)));
    }

    static MarkBeside none() {
        return new MarkBeside(Optional.empty());
    }

    /**
     * Looks whether it can be used, before anything else begins.
     *
     * @throws UnusableDatabase if not
     */
    void requireUsable() {
        file.ifPresent(MarkFile::read);
    }

    Optional<StackMark> read() {
        return file.flatMap(MarkFile::read);
    }

    void write(StackMark mark) {
        file.ifPresent(it -> it.write(mark));
    }

    /** Where it is, for people. */
    String place() {
        return file.map(it -> it.path().toString()).orElse("none");
    }

    Optional<WentBack> wentBack() {
        return wentBack;
    }

    void setWentBack(Optional<WentBack> now) {
        wentBack = now;
    }

    @Override
    public void close() {
        file.ifPresent(MarkFile::close);
    }
}
