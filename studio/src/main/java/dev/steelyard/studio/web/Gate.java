package dev.steelyard.studio.web;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HandlerType;
import io.javalin.http.TooManyRequestsResponse;
import io.javalin.http.UnauthorizedResponse;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Lets requests in: so many a second of a key, or of an address without one; by a key that may do what the route's {@link
 * Access} needs; not sent by another site's page.
 */
public final class Gate {

    private static final Pattern LOCAL = Pattern.compile("(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d+)?");

    private final ApiKeys keys;
    private final double perSecond;
    /** Where it listens, if it is closed without keys; null if it is open then. */
    private final String localHost;

    private final RateLimit rate;

    private Gate(ApiKeys keys, double perSecond, String localHost) {
        this.keys = keys;
        this.perSecond = perSecond;
        this.localHost = localHost;
        this.rate = new RateLimit(perSecond);
    }

    /**
     * A gate that lets anybody in where there are no keys.
     *
     * @param perSecond requests of one caller
     */
    public Gate(ApiKeys keys, double perSecond) {
        this(keys, perSecond, null);
    }

    /**
     * A gate that is closed where there are no keys, but for who asks on this machine by one of its own names: what came
     * through a proxy, or by a name that was bent to here, did not.
     *
     * @param perSecond requests of one caller
     * @param host that the service listens at
     */
    public static Gate closedWithoutKeys(ApiKeys keys, double perSecond, String host) {
        return new Gate(keys, perSecond, Objects.requireNonNull(host, "host"));
    }

    /** Stands before all routes; one without an {@link Access} needs {@link Access#CHANGE}. */
    public void install(JavalinConfig config) {
        config.routes.before(this::holdBack);
        config.routes.beforeMatched(this::requireKey);
    }

    private void holdBack(Context context) {
        String key = context.header(ApiKeys.HEADER);
        // Who guesses keys is counted by the address.
        if (!rate.admits(keys.mayLook(key) ? key : context.ip(), System.nanoTime())) {
            throw new TooManyRequestsResponse("more than " + perSecond + " requests a second; wait, and try again");
        }
    }

    private void requireKey(Context context) {
        boolean open = context.routeRoles().contains(Access.OPEN);
        if (context.method() != HandlerType.GET) {
            requireOwnPage(context, open);
        }
        if (open || keys.isEmpty() && admitsWithoutKeys(context)) {
            return;
        }
        String key = context.header(ApiKeys.HEADER);
        if (!keys.mayLook(key)) {
            throw new UnauthorizedResponse("the header " + ApiKeys.HEADER + " must hold an API key"
                    + (keys.isEmpty() ? "; serve with --api-keys FILE to have some" : ""));
        }
        if (!context.routeRoles().contains(Access.LOOK) && !keys.mayChange(key)) {
            throw new ForbiddenResponse("this API key may only look; ask with one that may change things");
        }
    }

    private boolean admitsWithoutKeys(Context context) {
        return localHost == null
                || isLoopback(localHost)
                        && LOCAL.matcher(String.valueOf(context.header("Host"))).matches();
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * A page of another site that a browser of this machine shows could send requests here in its user's name. New browsers
     * say where a request is from; of others, where a page of its own has no reason to send it, the origin does.
     */
    private static void requireOwnPage(Context context, boolean open) {
        String site = context.header("Sec-Fetch-Site");
        String origin = context.header("Origin");
        boolean own = site != null
                ? site.equals("same-origin") || site.equals("none")
                : open || origin == null || authority(origin).equals(context.host());
        if (!own) {
            throw new ForbiddenResponse("a page of " + (origin == null ? "another site" : origin)
                    + " sent this; let a program of your own ask, or the service's own pages");
        }
    }

    private static String authority(String origin) {
        try {
            return String.valueOf(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
