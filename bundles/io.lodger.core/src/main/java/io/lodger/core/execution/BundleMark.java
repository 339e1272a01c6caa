package io.lodger.core.execution;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.Callable;

/**
 * The context class loader of the threads on which a bundle's command and its jobs run. Threads that these start inherit it, and so
 * can be told from others for as long as they live. It loads what the bundle's own class loader does, and doesn't keep that one.
 */
public final class BundleMark extends ClassLoader {

    private final String bundle;
    private final String version;
    private final WeakReference<ClassLoader> loader;
    private volatile boolean gone;

    /**
     * A mark for a bundle.
     *
     * @param loader the bundle's class loader
     */
    public BundleMark(String bundle, String version, ClassLoader loader) {
        super(bundle + " " + version, null);
        this.bundle = bundle;
        this.version = version;
        this.loader = new WeakReference<>(loader);
    }

    /** The bundle's symbolic name. */
    public String bundle() {
        return bundle;
    }

    /** The bundle's version. */
    public String version() {
        return version;
    }

    /** Says that the bundle's command was taken away: no thread of it should be left. */
    public void gone() {
        gone = true;
    }

    /** Whether no thread of it should be left. */
    public boolean isGone() {
        return gone;
    }

    /** Does something of the bundle's on this thread. */
    public <T> T on(Callable<T> work) throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(this);
        try {
            return work.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        var own = loader.get();
        if (own == null) {
            throw new ClassNotFoundException(name + ": bundle " + getName() + " is gone");
        }
        return own.loadClass(name);
    }

    @Override
    public URL getResource(String name) {
        var own = loader.get();
        return own == null ? null : own.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        var own = loader.get();
        return own == null ? Collections.emptyEnumeration() : own.getResources(name);
    }
}
