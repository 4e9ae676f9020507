/** What the member's tests share; outside its packages, so that no scan for beans finds it. */
package org.cheesecoin.membertest;
