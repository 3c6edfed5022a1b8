/**
 * What the services share: JSON and errors in it, API keys and limits of the rate at the gate, metrics, health, a stop that
 * answers what was asked, the OpenAPI document.
 */
package dev.steelyard.studio.web;
