/** What an operator measures: the member's numbers for Prometheus. Nobody else knows of Micrometer. */
@NullMarked
package org.cheesecoin.member.metrics;

import org.jspecify.annotations.NullMarked;
