package io.lodger.ctl.agent;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Finds out why a socket could not be connected to. The errors of connect(2) reach Java as text only, so the file itself is asked. */
final class Unreachable {
    private final Path socket;

    Unreachable(Path socket) {
        this.socket = socket;
    }

    AgentUnavailableException because(IOException failure) {
        return new AgentUnavailableException(sentence(failure));
    }

    private String sentence(IOException failure) {
        try {
            var attributes = Files.readAttributes(socket, BasicFileAttributes.class);
            if (!attributes.isOther()) {
                return socket + " is not a socket; give the path of the agent channel's socket on this host";
            }
        } catch (NoSuchFileException e) {
            return Files.isSymbolicLink(socket)
                ? socket + " is a symbolic link to a socket that does not exist; is the virtual machine running?"
                : "there is no socket " + socket + "; is the path right and the virtual machine running?";
        } catch (AccessDeniedException e) {
            return denied();
        } catch (IOException e) {
            return "cannot look at " + socket + ": " + e.getMessage();
        }
        if (!Files.isWritable(socket)) {
            return denied();
        }
        var text = String.valueOf(failure.getMessage());
        if (text.startsWith("Connection refused")) {
            return "nobody listens on " + socket + " (connection refused); is the virtual machine running?";
        }
        return "cannot connect to " + socket + ": " + text;
    }

    private String denied() {
        try {
            var owner = Files.getOwner(socket, LinkOption.NOFOLLOW_LINKS).getName();
            return "no permission to open " + socket + "; try again as " + owner;
        } catch (IOException e) {
            return "no permission to open " + socket + "; try again as its owner or as root";
        }
    }
}
