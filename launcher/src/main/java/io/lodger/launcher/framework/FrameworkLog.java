package io.lodger.launcher.framework;

import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Passes on what the framework has to say. */
final class FrameworkLog extends Logger {

    /** The number of Felix's level for warnings; errors are 1. */
    static final int WARNING = LOG_WARNING;

    private static final System.Logger LOG = System.getLogger("org.apache.felix.framework");

    @Override
    @SuppressWarnings("rawtypes") // as Felix has it
    protected void doLog(Bundle bundle, ServiceReference reference, int level, String message, Throwable thrown) {
        doLog(level, bundle == null ? message : bundle + ": " + message, thrown);
    }

    @Override
    protected void doLog(int level, String message, Throwable thrown) {
        LOG.log(level == LOG_ERROR ? System.Logger.Level.ERROR : System.Logger.Level.WARNING, message, thrown);
    }
}
