package org.cheesecoin.web.start;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyNameException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;

/** With which status a service ends that could not start. */
public enum EndStatus {

    /** It may start the next time, whatever anybody does: a server that is not there yet, another program that has a file. */
    TRY_AGAIN(1),
    /** It starts no better before its owner has mended something (EX_CONFIG of sysexits.h): whoever keeps it should stop. */
    MEND_FIRST(78);

    /** A failure that says which. */
    public interface Reason {

        /** With which status the process ends. */
        EndStatus endStatus();
    }

    private final int code;

    EndStatus(int code) {
        this.code = code;
    }

    /** The status of the process. */
    public int code() {
        return code;
    }

    /** Which one a failure of the start means, by itself or by what it was caused by; none where it does not say. */
    public static Optional<EndStatus> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .flatMap(it -> switch (it) {
                    case Reason reason -> Stream.of(reason.endStatus());
                    case BindException _,ConfigDataException _,InvalidConfigurationPropertyNameException _,InvalidConfigurationPropertyValueException _,MutuallyExclusiveConfigurationPropertiesException _ ->
                            Stream.of(MEND_FIRST);
                    default -> Stream.<EndStatus>empty();
                })
                .findFirst();
    }
}
