package org.cheesecoin.web.end;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.apache.catalina.Service;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;

/**
 * The two threads of each port without which nobody is served: one takes connections, the other hears what they say. An
 * error that Tomcat does not swallow, as one of memory, ends either for good, and nothing else notices.
 */
final class ServerThreads {

    private static final List<String> ENDINGS = List.of("-Acceptor", "-Poller");

    private ServerThreads() {}

    /**
     * Those of a server that has started.
     *
     * @throws IllegalStateException if one is not there: Tomcat calls it by another name, or it is dead already
     */
    static List<Thread> of(Tomcat tomcat) {
        List<Thread> found = new ArrayList<>();
        List<Thread> all = allThreads();
        for (Service service : tomcat.getServer().findServices()) {
            for (Connector connector : service.findConnectors()) {
                for (String ending : ENDINGS) {
                    String name = nameOf(connector) + ending;
                    found.add(all.stream().filter(it -> name.equals(it.getName())).findFirst().orElseThrow(
                            () -> new IllegalStateException("the thread " + name + " does not live")));
                }
            }
        }
        return List.copyOf(found);
    }

    /** As Tomcat called the port's threads before it knew which port it would get. */
    private static String nameOf(Connector connector) {
        if (!(connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol)) {
            throw new IllegalStateException("no threads are known of " + connector);
        }
        String quoted = protocol.getName();
        String name = quoted.substring(1, quoted.length() - 1);
        return protocol.getPort() == 0 ? name.substring(0, name.lastIndexOf('-')) : name;
    }

    private static List<Thread> allThreads() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        // a few start meanwhile
        Thread[] threads = new Thread[root.activeCount() * 2 + 16];
        int count = root.enumerate(threads, true);
        return Stream.of(Arrays.copyOf(threads, count)).toList();
    }
}
