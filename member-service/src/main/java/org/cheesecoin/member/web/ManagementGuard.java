package org.cheesecoin.member.web;

import org.cheesecoin.web.HttpGuard;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Import;

/** A port of its own for health and metrics is guarded as the API's is. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Import(HttpGuard.class)
public class ManagementGuard {}
