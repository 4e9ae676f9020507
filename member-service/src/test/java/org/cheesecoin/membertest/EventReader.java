package org.cheesecoin.membertest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a stream of server-sent events. */
public final class EventReader implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final long MAX_WAIT_SECONDS = 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final InputStream stream;

    private EventReader(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new AssertionError("no stream: " + response.statusCode());
        }
        stream = response.body();
        Thread.ofVirtual().start(this::read);
    }

    /** Opens a stream. */
    public static EventReader open(HttpRequest.Builder request) {
        try {
            return new EventReader(request.build());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** An event. */
    public record Event(String id, String name, JsonNode data) {}

    /** The next event with this name; others are passed over. */
    public Event next(String name) throws InterruptedException {
        while (true) {
            Event event = events.poll(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no event " + name);
            }
            if (event.name().equals(name)) {
                return event;
            }
        }
    }

    /** Whether the member ends the stream in so long. */
    public boolean endsWithin(long seconds) throws InterruptedException {
        return ended.await(seconds, TimeUnit.SECONDS);
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String id = "";
            String name = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    id = line.substring(3);
                } else if (line.startsWith("event:")) {
                    name = line.substring(6);
                } else if (line.startsWith("data:")) {
                    data = line.substring(5);
                } else if (line.isEmpty() && !name.isEmpty()) {
                    events.add(new Event(id, name, JSON.readTree(data)));
                    name = "";
                }
            }
        } catch (IOException _) {
            // closed by one end or the other; what came before stays
        } finally {
            ended.countDown();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
