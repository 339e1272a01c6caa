package io.lodger.power;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.command.testkit.CommandTester;
import io.lodger.posix.Reboot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String FAIL = "echo in vain; exit 1";

    @TempDir
    Path folder;
    private FakeGuest guest;
    private final List<Reboot.Action> ends = new ArrayList<>();

    @BeforeEach
    void makeGuest() {
        guest = new FakeGuest(folder);
    }

    private String shutdown(String arguments, Shutdown.Kernel kernel, Duration deadline) throws Exception {
        try (var tester = CommandTester.of(new Shutdown(guest.path(), kernel, deadline))) {
            tester.checkSchema(Path.of("schema"));
            return tester.call(arguments);
        }
    }

    private String shutdown(String arguments) throws Exception {
        return shutdown(arguments, ends::add, LONG);
    }

    @Test
    void theProgramShutdownIsRunAsQemuGaDoes() throws Exception {
        guest.program("shutdown", "exit 0");
        assertEquals("", shutdown("{}"));
        assertEquals("", shutdown("{'mode': 'powerdown'}"));
        assertEquals("", shutdown("{'mode': 'halt'}"));
        assertEquals("", shutdown("{'mode': 'reboot'}"));
        assertEquals(List.of("shutdown -h -P +0 hypervisor initiated shutdown", "shutdown -h -P +0 hypervisor initiated shutdown",
                "shutdown -h -H +0 hypervisor initiated shutdown", "shutdown -h -r +0 hypervisor initiated shutdown"), guest.calls());
        assertEquals(List.of(), ends);
    }

    @Test
    void whereItIsMissingTheNextOneIsRun() throws Exception {
        guest.program("systemctl", "exit 0");
        assertEquals("", shutdown("{'mode': 'reboot'}"));
        assertEquals(List.of("systemctl reboot"), guest.calls());
    }

    @Test
    void whereItFailsTheOthersAreRunInTurnAndAtLastTheKernelIsAsked() throws Exception {
        guest.program("shutdown", FAIL).program("systemctl", FAIL);
        assertEquals("", shutdown("{'mode': 'halt'}"));
        guest.program("poweroff", FAIL).program("halt", FAIL).program("reboot", FAIL);
        assertEquals("", shutdown("{}"));
        assertEquals("", shutdown("{'mode': 'reboot'}"));
        assertEquals(List.of(Reboot.Action.HALT, Reboot.Action.POWER_OFF, Reboot.Action.RESTART), ends);
        assertEquals("[poweroff , reboot ]", guest.calls().stream().filter(call -> !call.matches("(shutdown|systemctl) .*"))
                .map(call -> call + " ").toList().toString());
    }

    @Test
    void oneThatHangsIsEnded() throws Exception {
        guest.program("shutdown", "exec sleep 1000").program("systemctl", "exit 0");
        assertEquals("", shutdown("{}", ends::add, Duration.ofMillis(500)));
        assertEquals("systemctl poweroff", guest.calls().get(1));
    }

    @Test
    void oneThatIsEndedByTheShutdownItHasBegunHasDoneItsWork() throws Exception {
        guest.program("shutdown", "kill -TERM $$").program("systemctl", "exit 0");
        assertEquals("", shutdown("{'mode': 'reboot'}"));
        assertEquals(1, guest.calls().size());
    }

    @Test
    void whenNothingHelpsAllReasonsAreGiven() throws Exception {
        guest.program("shutdown", FAIL).program("poweroff", "kill -9 $$");
        assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"the guest can't poweroff: "
                + "shutdown ended with status 1: in vain; there is no systemctl on the PATH; poweroff was killed by signal 9; "
                + "reboot: Operation not permitted\"}}", shutdown("{}", action -> {
                    throw new IOException("reboot: Operation not permitted");
                }, LONG));
    }

    @Test
    void anUnknownModeIsRefusedInTheWordsOfQemuGa() throws Exception {
        assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"mode is invalid (valid values are: halt|powerdown|reboot\"}}",
                shutdown("{'mode': 'sleep'}"));
        assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"Invalid parameter type for 'mode', expected: string\"}}",
                shutdown("{'mode': 1}"));
        assertEquals(List.of(), guest.calls());
    }
}
