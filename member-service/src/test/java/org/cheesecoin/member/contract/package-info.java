/** The published OpenAPI document, as programs are made from it: its names, its bounds, its examples, against the code. */
package org.cheesecoin.member.contract;
