/**
 * What the HTTP calls of tracker and member share: problem documents from every layer, strict JSON, pages of lists,
 * security headers, and limits on what one caller may send. Nothing here knows trackers or members.
 */
@NullMarked
package org.cheesecoin.web;

import org.jspecify.annotations.NullMarked;
