package dev.steelyard.studio.web;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.TooManyRequestsResponse;
import io.javalin.http.UnauthorizedResponse;
import java.net.URI;

/**
 * Lets requests in: so many a second of a key, or of an address without one; by a key that may do what the route's {@link
 * Access} needs; not sent by another site's page.
 */
public final class Gate {

    private final ApiKeys keys;
    private final double perSecond;
    private final RateLimit rate;

    /** @param perSecond requests of one caller */
    public Gate(ApiKeys keys, double perSecond) {
        this.keys = keys;
        this.perSecond = perSecond;
        this.rate = new RateLimit(perSecond);
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
        if (context.routeRoles().contains(Access.OPEN)) {
            return;
        }
        boolean looks = context.routeRoles().contains(Access.LOOK);
        if (!looks) {
            requireOwnPage(context);
        }
        if (keys.isEmpty()) {
            return;
        }
        String key = context.header(ApiKeys.HEADER);
        if (!keys.mayLook(key)) {
            throw new UnauthorizedResponse("the header " + ApiKeys.HEADER + " must hold an API key");
        }
        if (!looks && !keys.mayChange(key)) {
            throw new ForbiddenResponse("this API key may only look; ask with one that may change things");
        }
    }

    /** A page of another site that a browser of this machine shows could send requests here in its user's name. */
    private static void requireOwnPage(Context context) {
        String origin = context.header("Origin");
        if (origin != null && !authority(origin).equals(context.host())) {
            throw new ForbiddenResponse(
                    "a page of " + origin + " sent this; let a program of your own ask, not a page of another site");
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
