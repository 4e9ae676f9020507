package org.cheesecoin.membertest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.cheesecoin.member.persistence.MemberDatabase;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A database that H2 closes under a running member, as after a full disk or a read that failed. */
public final class FragileStore {

    private static volatile boolean fails;

    private FragileStore() {}

    /** Tells a member to keep its stack on a disk that can fail. */
    public static String[] settings(Path folder) {
        register();
        return new String[]{"--spring.datasource.username=sa",
                "--spring.datasource.url=jdbc:h2:fragile:" + folder.resolve(MemberDatabase.NAME)
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE"};
    }

    /** Tells H2 of such disks. */
    public static void register() {
        FilePath.register(new FragilePath());
    }

    /** Lets the disk fail for as long as it takes H2 to find out. */
    public static void close(DataSource readers) {
        fails = true;
        try (Connection connection = readers.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE never (id INT)");
            statement.execute("CHECKPOINT SYNC");
        } catch (SQLException _) {
            return;
        } finally {
            fails = false;
        }
        throw new AssertionError("a disk that failed closed nothing");
    }

    /** Does this while the disk fails. */
    public static void whileItFails(Runnable work) {
        fails = true;
        try {
            work.run();
        } finally {
            fails = false;
        }
    }

    /** {@code fragile:}, for H2. */
    public static final class FragilePath extends FilePathWrapper {

        @Override
        public FileChannel open(String mode) throws IOException {
            return new FragileFile(unwrap().open(mode));
        }

        @Override
        public String getScheme() {
            return "fragile";
        }
    }

    private static final class FragileFile extends FileBaseDefault {

        private final FileChannel file;

        private FragileFile(FileChannel file) {
            this.file = file;
        }

        private FileChannel working() throws IOException {
            if (fails) {
                throw new IOException("the disk fails, for a test");
            }
            return file;
        }

        @Override
        public int read(ByteBuffer to, long position) throws IOException {
            return working().read(to, position);
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            return working().write(from, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        protected void implTruncate(long bytes) throws IOException {
            working().truncate(bytes);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            working().force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
