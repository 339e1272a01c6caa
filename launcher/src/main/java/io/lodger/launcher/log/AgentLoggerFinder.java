package io.lodger.launcher.log;

/** Gives everybody who logs through {@link System.Logger} the process's log. */
public final class AgentLoggerFinder extends System.LoggerFinder {

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new AgentLogger(name, AgentLog.PROCESS);
    }
}
