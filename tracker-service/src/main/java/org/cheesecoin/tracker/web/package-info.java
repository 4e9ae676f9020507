/** Every error as a problem document (RFC 9457), and the limit of a request's body. Nothing here knows trackers. */
@NullMarked
package org.cheesecoin.tracker.web;

import org.jspecify.annotations.NullMarked;
