package org.cheesecoin.benchmarks.whole;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measures whole programs and prints what it found as JSON. */
@Command(name = "measure", mixinStandardHelpOptions = true, subcommands = {Join.class, Intake.class, Restart.class,
        AtRest.class, Relay.class}, description = "Measures real member processes; run it from the checkout's root")
public final class Measure {

    private Measure() {}

    /** Runs one measurement. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Measure()).execute(arguments));
    }
}
