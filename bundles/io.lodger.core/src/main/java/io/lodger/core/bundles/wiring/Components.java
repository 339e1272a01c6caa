package io.lodger.core.bundles.wiring;

import io.lodger.command.Command;
import io.lodger.command.CommandException;
import io.lodger.command.GuestCommand;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.osgi.framework.Bundle;
import org.osgi.service.component.ComponentConstants;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The commands that a bundle promises: its component descriptions (OSGi Compendium 112.4) that provide {@link Command} and have the
 * property {@code lodger.command.name}. They can be read before any code of the bundle runs.
 */
public final class Components extends DefaultHandler {

    /**
     * A component that is a command.
     *
     * @param command the command's name
     * @param implementation the name of its class
     * @param expected whether it will be registered as soon as the bundle is started: it is enabled and needs no configuration
     */
    public record Promise(String command, String implementation, boolean expected) {
    }

    private static final String NAME_PROPERTY = GuestCommand.PREFIX_ + "name";

    private final List<Promise> promises = new ArrayList<>();
    private boolean expected;
    private boolean provided;
    private String implementation;
    private String command;

    private Components() {
    }

    /** Reads the descriptions of a bundle that is installed. */
    public static List<Promise> promises(Bundle bundle) throws CommandException, IOException {
        var header = bundle.getHeaders("").get(ComponentConstants.SERVICE_COMPONENT);
        var components = new Components();
        if (header != null) {
            for (var clause : header.split(",")) {
                for (var description : descriptions(bundle, clause.split(";")[0].strip())) {
                    components.read(bundle, description);
                }
            }
        }
        return List.copyOf(components.promises);
    }

    private static List<URL> descriptions(Bundle bundle, String path) {
        int slash = path.lastIndexOf('/');
        var found = path.isEmpty() ? null : bundle.findEntries(path.substring(0, slash + 1), path.substring(slash + 1), false);
        return found == null ? List.of() : Collections.list(found);
    }

    private void read(Bundle bundle, URL description) throws CommandException, IOException {
        try (var content = description.openStream()) {
            var factory = SAXParserFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.newSAXParser().parse(content, this);
        } catch (SAXException e) {
            throw new CommandException(bundle.getSymbolicName() + " " + bundle.getVersion() + " is refused: its component description "
                    + description.getPath() + " can't be read: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's parser can do this", e);
        }
    }

    @Override
    public void startElement(String namespace, String name, String qualified, Attributes attributes) {
        switch (name) {
            case "component" -> {
                expected = !"false".equals(attributes.getValue("enabled"))
                        && !"require".equals(attributes.getValue("configuration-policy"));
                provided = false;
                implementation = "";
                command = null;
            }
            case "implementation" -> implementation = attributes.getValue("class");
            case "provide" -> provided |= Command.class.getName().equals(attributes.getValue("interface"));
            case "property" -> command = NAME_PROPERTY.equals(attributes.getValue("name")) ? attributes.getValue("value") : command;
            default -> {
                // Nothing else is a promise.
            }
        }
    }

    @Override
    public void endElement(String namespace, String name, String qualified) {
        if (name.equals("component") && provided && command != null) {
            promises.add(new Promise(command, implementation, expected));
        }
    }

    @Override
    public void error(SAXParseException e) throws SAXException {
        throw e;
    }
}
