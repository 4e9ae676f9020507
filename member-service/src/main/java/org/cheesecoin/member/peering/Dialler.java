package org.cheesecoin.member.peering;

import java.util.Optional;

import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.member.node.Mailbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.client.WebSocketClient;

/** Opens WebSockets to other members. The name is resolved at every dial, since containers move. */
public final class Dialler {

    private static final Logger LOG = LoggerFactory.getLogger(Dialler.class);

    private final WebSocketClient client;
    private final Connections connections;
    private final Mailbox mailbox;

    Dialler(WebSocketClient client, Connections connections, Mailbox mailbox) {
        this.client = client;
        this.connections = connections;
        this.mailbox = mailbox;
    }

    /** Dials, off the caller's thread; the node hears of a link or of a failure. */
    public void dial(GossipUrl url) {
        Thread.ofVirtual().name("dial-" + url).start(() -> dialNow(url));
    }

    private void dialNow(GossipUrl url) {
        try {
            GossipHandler handler = new GossipHandler(connections, mailbox, Optional.of(url));
            client.execute(handler, url.text()).join();
        } catch (RuntimeException e) {
            LOG.debug("Dialling {} failed", url, e);
            mailbox.handle(new Input.DialFailed(url));
        }
    }
}
