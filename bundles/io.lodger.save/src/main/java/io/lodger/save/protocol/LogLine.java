package io.lodger.save.protocol;

import java.lang.System.Logger.Level;

/**
 * A line for the log.
 *
 * @param level how bad it is
 * @param context who says it, such as the engine's name
 * @param text what is said
 */
public record LogLine(Level level, String context, String text) {
}
