package dev.steelyard.studio.web;

import io.javalin.config.JavalinConfig;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;

/**
 * Answers HEAD as GET without the body: with the same status and headers, its length among them. Javalin alone would answer
 * each with an empty success. The server leaves the body out, as it knows what was asked.
 */
public final class HeadRequests {

    private HeadRequests() {}

    public static void install(JavalinConfig config) {
        Filter asGet = (request, response, chain) ->
                chain.doFilter(request instanceof HttpServletRequest http ? get(http) : request, response);
        config.jetty.modifyServletContextHandler(handler -> handler.addFilter(
                new FilterHolder(asGet), "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC)));
    }

    private static HttpServletRequest get(HttpServletRequest request) {
        if (!request.getMethod().equals("HEAD")) {
            return request;
        }
        return new HttpServletRequestWrapper(request) {
            @Override
            public String getMethod() {
                return "GET";
            }
        };
    }
}
