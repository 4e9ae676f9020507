/**
 * The account of what a stranger may make the HTTP server hold: connections, unfinished heads and bodies, calls at work,
 * bytes of bodies, each for one address and for all. It stands below Servlet filters, in a protocol of Tomcat's, since
 * most of it is held before there is a request.
 */
@NullMarked
package org.cheesecoin.web.guard;

import org.jspecify.annotations.NullMarked;
