package org.cheesecoin.tracker;

import org.cheesecoin.web.start.ServiceStart;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts a tracker. */
@SpringBootApplication
public class TrackerApplication {

    /** Takes settings as {@code --name=value}; {@link TrackerProperties} lists them. */
    public static void main(String[] args) {
        ServiceStart.run(TrackerApplication.class, args);
    }
}
