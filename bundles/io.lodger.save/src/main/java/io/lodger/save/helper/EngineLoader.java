package io.lodger.save.helper;

import io.lodger.save.engine.SaveEngine;
import io.lodger.save.protocol.AgentCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Loads engines that this process doesn't have, or has in another version: what the agent gives is taken from the agent, and all else
 * from the class path, which is the agent's as well.
 */
final class EngineLoader extends ClassLoader {

    private final AgentCalls agent;

    EngineLoader(AgentCalls agent) {
        super("engine", EngineLoader.class.getClassLoader());
        this.agent = agent;
    }

    /** A second instance of an engine. */
    SaveEngine engine(String className) throws IOException {
        try {
            return loadClass(className).asSubclass(SaveEngine.class).getConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IOException("the engine " + className + " can't be made in the save helper; it is to be a public class with a public "
                    + "constructor without arguments: " + e, e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            if (name.startsWith("java.") || name.startsWith("io.lodger.save.") && isOwn(name)) {
                return super.loadClass(name, resolve);
            }
            var bytes = fromAgent(name.replace('.', '/') + ".class");
            if (bytes.isEmpty()) {
                return super.loadClass(name, resolve);
            }
            return defineClass(name, bytes.get(), 0, bytes.get().length);
        }
    }

    /** Whether it is one of those that the helper itself speaks to engines by. */
    private static boolean isOwn(String name) {
        return name.startsWith(SaveEngine.class.getPackageName() + ".");
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        return fromAgentUnlessLost(name).<InputStream>map(ByteArrayInputStream::new).orElseGet(() -> super.getResourceAsStream(name));
    }

    private Optional<byte[]> fromAgent(String name) throws ClassNotFoundException {
        try {
            return agent.resource(name);
        } catch (IOException | InterruptedException e) {
            throw new ClassNotFoundException(name + " could not be had from the agent: " + e.getMessage(), e);
        }
    }

    private Optional<byte[]> fromAgentUnlessLost(String name) {
        try {
            return fromAgent(name);
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }
}
