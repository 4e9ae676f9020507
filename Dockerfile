# The tracker and the member, from one build: docker build --target tracker .   docker build --target member .
# Works with the classic builder and with BuildKit, so it uses neither mounts nor here-documents.

# Takes what was sent apart: poms, each at its place, and sources. What is copied from here is built again only if that
# part changes.
FROM maven:3.9-eclipse-temurin-25 AS parts
COPY . /sources
RUN mkdir /poms && cd /sources && rm -r docker && find . -name pom.xml -exec cp --parents -t /poms {} +

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY --from=parts /poms .
# A build of empty modules fetches all that the real one needs, plugins and compiler checks included.
RUN for pom in */pom.xml; do \
        sources="${pom%/*}/src/main/java" \
        && mkdir -p "$sources" && echo 'class Placeholder {}' > "$sources/Placeholder.java" || exit 1; \
    done \
    && mvn -B -ntp -q package -pl tracker-service,member-service -am -DskipTests -Dspring-boot.repackage.skip \
    && rm -rf */src */target
COPY --from=parts /sources .
# The tests stay outside (.dockerignore): they have passed before an image is worth building.
RUN mvn -B -ntp -q package -pl tracker-service,member-service -am -DskipTests
# What seldom changes apart from what each build makes; and libsecp256k1 as a file, since it cannot be unpacked and
# loaded where /tmp is mounted noexec.
RUN for program in tracker member; do \
        java -Djarmode=tools -jar "$program-service/target/$program-service"-[0-9]*.jar \
            extract --layers --destination "/out/$program" --application-filename app.jar || exit 1; \
    done \
    && mkdir /out/native && cd /out/native \
    && jar --extract --file /out/member/dependencies/lib/secp256k1-kmp-jni-jvm-linux-*.jar \
    && find . -path "*linux-$(uname -m)/*" -name '*.so' -exec mv {} . \; && rm -rf fr META-INF \
    && test -s libsecp256k1-jni.so

FROM eclipse-temurin:25-jre AS run
RUN groupadd --gid 10001 cheesecoin \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin cheesecoin \
    && install -d -o 10001 -g 10001 -m 0700 /data
WORKDIR /app
COPY docker/java.options docker/healthy ./
COPY --from=build /out/native/ native/
# The version of pom.xml, which a test compares with this one.
ARG CHEESECOIN_VERSION=0.1.0-SNAPSHOT
LABEL org.opencontainers.image.title="CheeseCoin" org.opencontainers.image.version="$CHEESECOIN_VERSION"
# On loopback nobody outside would be served.
ENV SERVER_ADDRESS=0.0.0.0
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "/app/healthy"]
ENTRYPOINT ["java", "@/app/java.options", "-XX:AOTCache=/app/app.aot", "-jar", "/app/app.jar"]

# Each is trained last and in place, with the same flags: an AOT cache holds only for the very files it was made with.
# The heap is named, since a cache made in one of more than 32 GB does not fit a smaller one.
FROM run AS tracker
COPY --from=build /out/tracker/dependencies/ /out/tracker/snapshot-dependencies/ ./
COPY --from=build /out/tracker/application/ ./
RUN java @java.options -Xmx96m -XX:AOTCacheOutput=app.aot -Dspring.context.exit=onRefresh -jar /app/app.jar \
        --server.port=0 --cheesecoin.tracker.data=/tmp/training \
    && test -s app.aot && rm -rf /tmp/*
ENV SERVER_PORT=8080 CHEESECOIN_TRACKER_DATA=/data
EXPOSE 8080
USER 10001:10001
VOLUME /data

FROM run AS member
COPY --from=build /out/member/dependencies/ /out/member/snapshot-dependencies/ ./
COPY --from=build /out/member/application/ ./
RUN java @java.options -Xmx160m -XX:AOTCacheOutput=app.aot -Dspring.context.exit=onRefresh -jar /app/app.jar \
        --server.address=127.0.0.1 --server.port=0 --cheesecoin.data=/tmp/training --cheesecoin.mining.enabled=false \
    && test -s app.aot && rm -rf /tmp/*
ENV SERVER_PORT=8081 CHEESECOIN_DATA=/data
# The first answer ends the start period. It is an hour, since a member may bring its database to a newer schema before.
HEALTHCHECK --interval=5s --timeout=5s --start-period=1h --retries=3 CMD ["bash", "/app/healthy"]
EXPOSE 8081
USER 10001:10001
VOLUME /data
