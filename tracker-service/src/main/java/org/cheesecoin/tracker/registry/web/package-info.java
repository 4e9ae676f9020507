/** The registry over HTTP. */
@NullMarked
package org.cheesecoin.tracker.registry.web;

import org.jspecify.annotations.NullMarked;
