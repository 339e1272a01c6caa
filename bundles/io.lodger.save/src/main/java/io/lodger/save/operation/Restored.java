package io.lodger.save.operation;

import io.lodger.command.Doc;
import java.util.Map;

/** What came of a restore. */
public record Restored(@Doc("What the engine says of it, such as the pid.") Map<String, String> outcome) {
}
