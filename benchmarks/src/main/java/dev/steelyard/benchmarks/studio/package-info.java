/**
 * The services under load on the loopback interface, clients and service on the same processors. {@code ServiceLoad} is a
 * program of its own that ends by itself.
 */
package dev.steelyard.benchmarks.studio;
