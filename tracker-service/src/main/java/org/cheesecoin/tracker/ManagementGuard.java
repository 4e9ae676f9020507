package org.cheesecoin.tracker;

import org.cheesecoin.web.SecondHttpGuard;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Import;

/** A port of its own for health and metrics is guarded as the API's is. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Import(SecondHttpGuard.class)
public class ManagementGuard {}
