/** What the services share: JSON, API keys, limits of the rate. */
package dev.steelyard.studio.web;
