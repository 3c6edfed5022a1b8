/** What the services share: JSON and errors in it, API keys, limits of the rate, the OpenAPI document. */
package dev.steelyard.studio.web;
