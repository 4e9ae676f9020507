package org.cheesecoin.system.strangers;

import java.util.List;
import java.util.stream.Stream;

/** All attacks, in the order in which they are made. */
public final class Attacks {

    private Attacks() {}

    /** Every one, those that leave most behind at the end. */
    public static List<Attack> all() {
        return Stream.of(Asking.all(), Frames.all(), Requests.onMember(), Requests.onTracker(), TrackerCalls.all(),
                Telling.all()).flatMap(List::stream).toList();
    }

    /** The one of this name. */
    public static Attack named(String name) {
        return all().stream().filter(attack -> attack.name().equals(name)).findFirst().orElseThrow();
    }
}
