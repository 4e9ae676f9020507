/** What {@code k8s/} tells a cluster, held against Kubernetes' own models and the services' own settings. No cluster. */
@NullMarked
package org.cheesecoin.system.kubernetes;

import org.jspecify.annotations.NullMarked;
