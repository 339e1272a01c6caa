package io.lodger.itests.guest.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.itests.guest.Guest;
import io.lodger.itests.guest.GuestMachine;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Hosts that come and go on a vsock. They are in the guest itself and use its loopback, CID 1, because few machines have vhost-vsock. */
@Execution(ExecutionMode.CONCURRENT)
class VsockTest {

    private static final int HOSTS = 100;
    private static final int LARGE = 700_000;

    /**
     * A client in Perl, which the guest has. Arguments: how many connections to make one after the other, the bytes to send on each, in
     * which {@code %d} stands for the connection's number, and how many bytes or lines ({@code 3c}, {@code 1l}) to read before it is
     * closed; the lines are printed.
     */
    private static final String CLIENT = """
            my ($count, $request, $amount) = @ARGV;
            for my $number (1 .. $count) {
              socket(my $socket, 40, 1, 0) or die "socket: $!";
              connect($socket, pack("S S L L x4", 40, 0, 5000, 1)) or die "connect: $!";
              (my $bytes = $request) =~ s/%d/$number/;
              $bytes =~ s/%x/"x" x LARGE/e;
              syswrite($socket, $bytes) == length $bytes or die "write: $!";
              if ($amount =~ /(\\d+)c/) {
                read($socket, my $part, $1) == $1 or die "read: $!";
              }
              print scalar <$socket> for 1 .. ($amount =~ /(\\d+)l/)[0] // 0;
              close $socket;
            }
            """.replace("LARGE", Integer.toString(LARGE));

    @Test
    void hostsInARowGetTheirOwnReplies(@Guest GuestMachine machine) throws Exception {
        long pid = serve(machine);
        var expected = IntStream.rangeClosed(1, HOSTS).mapToObj(i -> "{\"return\": {}, \"id\": " + i + "}")
                .collect(Collectors.joining("\n"));
        assertEquals(expected, talk(machine, HOSTS, "{\"execute\": \"guest-ping\", \"id\": %d}\n", "1l"));
        assertEquals(pid, machine.agentPid());
    }

    @Test
    void whatAHostLeavesBehindGoesWithIt(@Guest GuestMachine machine) throws Exception {
        long pid = serve(machine);
        talk(machine, 1, "{\"execute\": \"guest-pi", "0l");
        assertEquals("{\"return\": {}, \"id\": 1}", talk(machine, 1, "{\"execute\": \"guest-ping\", \"id\": %d}\n", "1l"));
        talk(machine, 1, "{\"execute\": \"guest-ping\", \"id\": \"%x\"}\n", "1000c");
        assertEquals("{\"return\": 1}", talk(machine, 1, "{\"execute\": \"guest-sync\", \"arguments\": {\"id\": %d}}\n", "1l"));
        talk(machine, 1, "{\"execute\": \"guest-ping\", \"id\": \"%x\"}\n", "0l");
        assertEquals("{\"return\": 1}", talk(machine, 1, "{\"execute\": \"guest-sync\", \"arguments\": {\"id\": %d}}\n", "1l"));
        assertEquals(pid, machine.agentPid());
    }

    private static String talk(GuestMachine machine, int count, String request, String amount) throws Exception {
        return machine.control().run("perl /run/client " + count + " '" + request + "' " + amount).text();
    }

    /** Has the socket served as a further channel, and gives the agent's process id. */
    private static long serve(GuestMachine machine) throws Exception {
        machine.control().write("/run/client", CLIENT);
        machine.control().run("(cat /payload/lodger.conf; printf '[channel vsock]\\nmethod=vsock-listen\\npath=1:5000\\n')"
                + " >/run/lodger.conf").text();
        machine.restartAgent();
        return machine.agentPid();
    }
}
