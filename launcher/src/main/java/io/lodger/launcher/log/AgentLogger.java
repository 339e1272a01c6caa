package io.lodger.launcher.log;

import java.text.MessageFormat;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;

/** One name's logger. All of them write to the one log. */
record AgentLogger(String name, AgentLog log) implements System.Logger {

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        return log.isLoggable(level);
    }

    @Override
    public void log(Level level, ResourceBundle texts, String message, Throwable thrown) {
        if (isLoggable(level)) {
            log.log(level, String.valueOf(localized(texts, message)), Optional.ofNullable(thrown));
        }
    }

    @Override
    public void log(Level level, ResourceBundle texts, String format, Object... parameters) {
        if (isLoggable(level)) {
            var text = String.valueOf(localized(texts, format));
            log.log(level, parameters == null || parameters.length == 0 ? text : MessageFormat.format(text, parameters), Optional.empty());
        }
    }

    private static String localized(ResourceBundle texts, String message) {
        try {
            return texts == null || message == null ? message : texts.getString(message);
        } catch (MissingResourceException e) {
            return message;
        }
    }
}
