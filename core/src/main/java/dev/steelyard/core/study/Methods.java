package dev.steelyard.core.study;

import dev.steelyard.core.paper.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The methods found on the class path by {@link ServiceLoader}. */
public final class Methods {

    private final Map<String, Method> bySlug = new LinkedHashMap<>();

    private Methods(Iterable<Method> methods) {
        for (Method method : methods) {
            Method other = bySlug.put(method.slug(), method);
            if (other != null) {
                throw new IllegalStateException("two methods are registered as '" + method.slug() + "': "
                        + other.getClass().getName() + " and "
                        + method.getClass().getName());
            }
        }
    }

    /** Looks the methods up. */
    public static Methods onClassPath() {
        return new Methods(ServiceLoader.load(Method.class));
    }

    /** How far the method with this slug has come. */
    public MethodState state(String slug) {
        return switch (bySlug.get(slug)) {
            case null -> MethodState.PLANNED;
            case Study study -> MethodState.STUDIED;
            default -> MethodState.BUILT;
        };
    }

    /** The study of the method with this slug, if it has one. */
    public Optional<Study> study(String slug) {
        return bySlug.get(slug) instanceof Study study ? Optional.of(study) : Optional.empty();
    }
}
