package io.lodger.itests.guest;

import java.io.IOException;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts what {@link Guest} asks for before a test, ends it afterwards, and adds the machines' consoles to what went wrong. */
final class GuestExtension implements BeforeEachCallback, ParameterResolver, TestExecutionExceptionHandler {

    private static final Namespace NAMESPACE = Namespace.create(GuestExtension.class);
    private static final int CONSOLE_TAIL = 6_000;
    private static final Duration CENSUS_PATIENCE = Duration.ofSeconds(30);
    /** What runs, what each process waits for in the kernel, and what the kernel and pm-utils said last. */
    private static final String CENSUS = "ps -eo pid,ppid,stat,wchan,args 2>/dev/null || ps; dmesg | tail -n 15;"
            + " tail -n 30 /var/log/pm-suspend.log 2>&1; df / /run; cat /proc/loadavg /sys/class/rtc/rtc0/since_epoch";

    /** Before the parameters are resolved, because a test may be skipped here, but no more there. */
    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        var lab = context.getRoot().getStore(NAMESPACE).computeIfAbsent(GuestLab.class, key -> new GuestLab(), GuestLab.class);
        for (var parameter : machineParameters(context)) {
            var guest = AnnotationSupport.findAnnotation(parameter, Guest.class).orElseThrow();
            var machine = guest.fresh() || guest.qemu().length > 0 ? lab.boot(guest.image(), guest.agent(), guest.qemu())
                    : lab.ready(guest.image(), guest.agent());
            context.getStore(NAMESPACE).put(parameter, machine);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.isAnnotated(Guest.class) && parameter.getParameter().getType() == GuestMachine.class;
    }

    @Override
    public GuestMachine resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).get(parameter.getParameter(), GuestMachine.class);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable problem) throws Throwable {
        for (var parameter : machineParameters(context)) {
            var machine = context.getStore(NAMESPACE).get(parameter, GuestMachine.class);
            if (machine != null) {
                problem.addSuppressed(new MachineState(parameter.getName(), machine));
            }
        }
        throw problem;
    }

    private static List<Parameter> machineParameters(ExtensionContext context) {
        return List.of(context.getRequiredTestMethod().getParameters()).stream()
                .filter(parameter -> AnnotationSupport.isAnnotated(parameter, Guest.class)).toList();
    }

    /** What there was to be seen of a machine when its test failed. */
    private static final class MachineState extends Exception {

        private static final long serialVersionUID = 1;

        private MachineState(String name, GuestMachine machine) {
            super(name + "'s console, which the agent's log goes to as well, ended:\n" + tail(machine.console()) + "\nQEMU said: "
                    + machine.qemuLog() + "\nIn the guest: " + census(machine), null, false, false);
        }

        private static String census(GuestMachine machine) {
            try {
                return machine.control().run(CENSUS, CENSUS_PATIENCE).out();
            } catch (IOException e) {
                return "nothing can be asked: " + e.getMessage();
            }
        }

        private static String tail(String console) {
            return console.substring(Math.max(0, console.length() - CONSOLE_TAIL));
        }
    }
}
