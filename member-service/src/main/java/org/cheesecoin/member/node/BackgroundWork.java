package org.cheesecoin.member.node;

/** Something that works beside the loop, from when it runs until before it stops: the miner, the trackers' client. */
public interface BackgroundWork {

    /** The loop runs. */
    void begin();

    /** The loop is about to stop. */
    void end();
}
