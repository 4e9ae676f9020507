/** What all HTTP calls share: problem documents, strict JSON, the marks of operations, the published contract. */
@NullMarked
package org.cheesecoin.member.web;

import org.jspecify.annotations.NullMarked;
