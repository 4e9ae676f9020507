/** The observatory over HTTP. */
@NullMarked
package org.cheesecoin.tracker.observatory.web;

import org.jspecify.annotations.NullMarked;
