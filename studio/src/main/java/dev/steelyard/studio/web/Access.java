package dev.steelyard.studio.web;

import io.javalin.security.RouteRole;

/** What a route needs of who asks. */
public enum Access implements RouteRole {
    /** Nothing: anybody may ask. */
    OPEN,
    /** Any key of the service. */
    LOOK,
    /** A key that may change things. */
    CHANGE
}
