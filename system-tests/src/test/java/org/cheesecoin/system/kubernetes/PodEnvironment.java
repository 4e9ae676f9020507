package org.cheesecoin.system.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

/** The environment that the kubelet gives to a pod's container. */
final class PodEnvironment {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)");

    private PodEnvironment() {}

    /**
     * Variables of one pod of a set.
     *
     * @param set the set
     * @param ordinal 0, 1, … of the pod
     * @param secrets value of a Secret's key, asked for as {@code name/key}
     * @throws AssertionError if a value refers to a variable that does not stand before it, which a kubelet leaves as it
     *     is written
     */
    static Map<String, String> of(StatefulSet set, int ordinal, UnaryOperator<String> secrets) {
        Map<String, String> values = new LinkedHashMap<>();
        for (EnvVar variable : set.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv()) {
            String value = variable.getValueFrom() == null ? expanded(variable, values)
                    : given(variable.getValueFrom(), set, ordinal, secrets);
            if (values.put(variable.getName(), value) != null) {
                throw new AssertionError(variable.getName() + " is given twice");
            }
        }
        return values;
    }

    /** The pod's name. */
    static String podName(StatefulSet set, int ordinal) {
        return set.getMetadata().getName() + "-" + ordinal;
    }

    private static String expanded(EnvVar variable, Map<String, String> before) {
        Matcher matcher = REFERENCE.matcher(variable.getValue());
        return matcher.replaceAll(reference -> {
            String value = before.get(reference.group(1));
            if (value == null) {
                throw new AssertionError("%s uses $(%s), which does not stand before it".formatted(variable.getName(),
                        reference.group(1)));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static String given(
            EnvVarSource source, StatefulSet set, int ordinal, UnaryOperator<String> secrets) {
        if (source.getSecretKeyRef() != null) {
            return secrets.apply(source.getSecretKeyRef().getName() + "/" + source.getSecretKeyRef().getKey());
        }
        return switch (source.getFieldRef().getFieldPath()) {
            case "metadata.name" -> podName(set, ordinal);
            case "metadata.namespace" -> "cheesecoin";
            default -> throw new AssertionError("unexpected field " + source.getFieldRef().getFieldPath());
        };
    }
}
