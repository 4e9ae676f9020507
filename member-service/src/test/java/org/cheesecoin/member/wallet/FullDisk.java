package org.cheesecoin.member.wallet;

import java.nio.file.Path;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.web.start.EndStatus;

/** Reads a journal for a wallet where no file may be long, and prints what comes of it. It is told folder and address. */
final class FullDisk {

    private FullDisk() {}

    public static void main(String[] arguments) {
        try (WalletJournal journal = WalletJournal.in(Path.of(arguments[0]))) {
            journal.read(Address.parse(arguments[1]).orElseThrow());
            System.out.println("read");
        } catch (RuntimeException e) {
            System.out.println(EndStatus.of(e).map(EndStatus::name).orElse("none") + " " + e.getMessage());
        }
    }
}
