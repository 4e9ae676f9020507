package org.cheesecoin.system.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a service itself says about its settings: the configuration metadata that was made with it and Spring Boot's, its
 * {@code application.yml}, and its properties class.
 *
 * @param classes compiled classes of the service
 * @param propertiesClass name of its {@code @ConfigurationProperties} record
 * @param prefix what that record is bound to
 */
record ServiceSettings(Path classes, String propertiesClass, String prefix) {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    static ServiceSettings member() {
        return new ServiceSettings(classes("member-service"), "org.cheesecoin.member.settings.MemberProperties",
                "cheesecoin");
    }

    static ServiceSettings tracker() {
        return new ServiceSettings(classes("tracker-service"), "org.cheesecoin.tracker.TrackerProperties",
                "cheesecoin.tracker");
    }

    private static Path classes(String module) {
        Path classes = Checkout.root().resolve(module).resolve("target/classes");
        if (!Files.isRegularFile(classes.resolve(METADATA))) {
            throw new IllegalStateException("build " + module + " with Maven first: no " + METADATA + " in " + classes);
        }
        return classes;
    }

    /** The variables among these that set no property of this service or of Spring Boot. */
    Set<String> unknown(Set<String> variables) {
        Set<String> unknown = new TreeSet<>(variables);
        unknown.removeAll(knownVariables());
        return unknown;
    }

    /** Every property, as a variable of the environment: with and without an underscore for a dash. */
    private Set<String> knownVariables() {
        Set<String> known = new TreeSet<>();
        try {
            try (InputStream own = Files.newInputStream(classes.resolve(METADATA))) {
                addNames(own, known);
            }
            for (URL url : Collections.list(ServiceSettings.class.getClassLoader().getResources(METADATA))) {
                try (InputStream boot = url.openStream()) {
                    addNames(boot, known);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return known;
    }

    private static void addNames(InputStream metadata, Set<String> known) {
        for (JsonNode property : JsonMapper.shared().readTree(metadata).get("properties")) {
            String name = property.get("name").stringValue().toUpperCase(Locale.ROOT).replace('.', '_');
            known.add(name.replace("-", ""));
            known.add(name.replace('-', '_'));
        }
    }

    /** A property as a running service would see it in this environment. */
    String value(String property, Map<String, String> variables) {
        String value = environment(variables).getProperty(property);
        if (value == null) {
            throw new AssertionError("nothing says what " + property + " is");
        }
        return value;
    }

    /**
     * The service's own settings in this environment, by the names of the bound record: each range is checked by it.
     *
     * @throws org.springframework.boot.context.properties.bind.BindException if the service would not start with them
     */
    Map<String, Object> bound(Map<String, String> variables) {
        // what is wrong with a setting is said by what both services share
        Path shared = Checkout.root().resolve("web-support/target/classes");
        try (URLClassLoader loader = new URLClassLoader(new URL[]{classes.toUri().toURL(), shared.toUri().toURL()},
                ServiceSettings.class.getClassLoader())) {
            Object settings = binder(variables).bind(prefix, Bindable.of(loader.loadClass(propertiesClass))).get();
            return components(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(propertiesClass + " is not what this test takes it for", e);
        }
    }

    private static Map<String, Object> components(Object value) throws ReflectiveOperationException {
        Map<String, Object> components = new LinkedHashMap<>();
        for (var component : value.getClass().getRecordComponents()) {
            Object part = component.getAccessor().invoke(value);
            if (part instanceof Record inner && inner.getClass().isMemberClass()) {
                components(inner).forEach((name, it) -> components.put(component.getName() + "." + name, it));
            } else if (part != null) {
                components.put(component.getName(), part);
            }
        }
        return components;
    }

    private Binder binder(Map<String, String> variables) {
        StandardEnvironment environment = environment(variables);
        environment.setConversionService(new ApplicationConversionService());
        return Binder.get(environment);
    }

    private StandardEnvironment environment(Map<String, String> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        String systemEnvironment = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        environment.getPropertySources().replace(systemEnvironment,
                new SystemEnvironmentPropertySource(systemEnvironment, Map.copyOf(variables)));
        for (PropertySource<?> file : applicationYaml()) {
            environment.getPropertySources().addLast(file);
        }
        return environment;
    }

    private List<PropertySource<?>> applicationYaml() {
        try {
            return new YamlPropertySourceLoader().load("application",
                    new FileSystemResource(classes.resolve("application.yml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
