package io.lodger.launcher.configuration;

/** The agent was told something it can't follow. The message says what, and what would be right. */
public final class ConfigurationException extends Exception {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }
}
