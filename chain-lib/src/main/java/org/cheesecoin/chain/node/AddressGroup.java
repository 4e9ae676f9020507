package org.cheesecoin.chain.node;

/** Addresses that count as one, since whoever has one of them has all. */
final class AddressGroup {

    /** Parts of an IPv6 address, of 16 bits each, that a network gives to one customer: 64 bits. */
    private static final int CUSTOMER_PARTS = 4;

    private AddressGroup() {}

    /**
     * The group of an address: an IPv4 address itself, of an IPv6 address its first 64 bits.
     *
     * @param address as {@code InetAddress.getHostAddress} writes it, with all eight parts of an IPv6 address
     */
    static String of(String address) {
        int end = 0;
        for (int parts = 0; parts < CUSTOMER_PARTS; parts++) {
            end = address.indexOf(':', end) + 1;
            if (end == 0) {
                return address;
            }
        }
        return address.substring(0, end);
    }
}
