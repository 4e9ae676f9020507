package org.cheesecoin.member.peering;

import java.util.EnumMap;
import java.util.Map;

import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageType;
import org.cheesecoin.chain.wire.WireLimits;

/**
 * What one peer was asked for and has not answered, counted: only for that more memory is given than the link's own. It
 * is no judgement of answers, which is the node's; so it never holds less than the node's own count.
 */
final class Asked {

    private final Map<MessageType, Integer> due = new EnumMap<>(MessageType.class);

    /** This was sent. */
    synchronized void sent(Message message) {
        switch (message) {
            case Message.GetHeaders _ -> add(MessageType.HEADERS, 1);
            case Message.GetCheeses get -> add(MessageType.CHEESE_BODY, get.smells().size());
            case Message.GetTransactions get -> add(MessageType.TRANSACTIONS, get.fullIds().size());
            case Message.GetCheeseTransactions _ -> add(MessageType.CHEESE_TRANSACTIONS, 1);
            default -> {
                // It asks for nothing that may be long.
            }
        }
    }

    /** This came. */
    synchronized void received(Message message) {
        switch (message) {
            // An announcement may overtake the answer, which is still due then.
            case Message.Headers headers when headers.headers().size() <= WireLimits.MAX_ANNOUNCED_HEADERS -> {}
            case Message.Headers _ -> add(MessageType.HEADERS, -1);
            case Message.CheeseBody _ -> add(MessageType.CHEESE_BODY, -1);
            case Message.Transactions transactions ->
                    add(MessageType.TRANSACTIONS, -Math.max(1, transactions.payments().size()));
            case Message.CheeseTransactions _ -> add(MessageType.CHEESE_TRANSACTIONS, -1);
            default -> {
                // It is short, or nobody asks for it.
            }
        }
    }

    /** Whether a message of this type is due. */
    synchronized boolean isDue(MessageType type) {
        return due.getOrDefault(type, 0) > 0;
    }

    private void add(MessageType type, int count) {
        due.merge(type, Math.max(0, count), (before, _) -> Math.max(0, before + count));
    }
}
