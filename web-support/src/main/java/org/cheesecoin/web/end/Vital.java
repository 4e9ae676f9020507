package org.cheesecoin.web.end;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that a program cannot live without, looked at once a second: the reason why it is beyond repair, as long as it
 * is. It must answer at once.
 */
@FunctionalInterface
public interface Vital extends Supplier<Optional<String>> {}
