package io.lodger.save.process;

import java.io.IOException;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Starts helpers, and gives them what they lack. */
@Component(service = Helpers.class)
public final class Helpers {

    private static final String CLASS_SUFFIX = ".class";

    private HelperClassPath classPath;

    /**
     * Starts a helper, which belongs to the caller: it is to {@link HelperProcess#run} it.
     *
     * @param look runs now and then while the helper is there
     */
    public HelperProcess start(Runnable look) throws IOException {
        return HelperProcess.start(HelperCommandLine.of(classPath().path()), look);
    }

    private synchronized HelperClassPath classPath() throws IOException {
        classPath = classPath == null ? new HelperClassPath() : classPath;
        return classPath;
    }

    /**
     * A file that a helper asks for, as seen by a class loader.
     *
     * @param name as for {@link ClassLoader#getResource}
     * @return empty when there is none, or the helper has the same on its class path
     */
    public Optional<byte[]> resource(ClassLoader from, String name) throws IOException {
        var loader = from;
        if (name.endsWith(CLASS_SUFFIX)) {
            try {
                var type = Class.forName(name.substring(0, name.length() - CLASS_SUFFIX.length()).replace('/', '.'), false, from);
                if (classPath().has(type)) {
                    return Optional.empty();
                }
                loader = type.getClassLoader();
            } catch (ClassNotFoundException | LinkageError e) {
                return Optional.empty();
            }
        }
        try (var content = loader.getResourceAsStream(name)) {
            return content == null ? Optional.empty() : Optional.of(content.readAllBytes());
        }
    }

    @Deactivate
    synchronized void deactivate() throws IOException {
        if (classPath != null) {
            classPath.close();
        }
    }
}
