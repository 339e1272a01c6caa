package io.lodger.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A network namespace with interfaces of its own, for as long as a process in it lives. Needs root and iproute2. */
public final class NetworkNamespace implements AutoCloseable {

    private final Process keeper;

    public NetworkNamespace() throws Exception {
        keeper = new ProcessBuilder("unshare", "--net", "sh", "-c", "echo up; exec cat").start();
        if (keeper.getInputStream().read() != 'u') {
            throw new IOException("unshare --net failed: " + new String(keeper.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Whether this machine lets us make one; else why not. */
    public static boolean isPossible() throws Exception {
        var probe = new ProcessBuilder("unshare", "--net", "ip", "link").redirectErrorStream(true).start();
        probe.getInputStream().readAllBytes();
        return probe.waitFor() == 0;
    }

    /** What to put before a command so that it runs in here. */
    public List<String> starter() {
        return List.of("nsenter", "--net=/proc/" + keeper.pid() + "/ns/net");
    }

    /** Adds pairs of veth interfaces, with three IPv4 and three IPv6 addresses on each interface. */
    public void addPairs(int pairs) throws Exception {
        var links = new StringBuilder();
        var addresses = new StringBuilder();
        for (int i = 0; i < pairs; i++) {
            links.append("link add a").append(i).append(" type veth peer name b").append(i).append('\n');
            addAddresses(addresses, "a" + i, 2 * i);
            addAddresses(addresses, "b" + i, 2 * i + 1);
        }
        batch(links.toString());
        batch(addresses.toString());
    }

    private static void addAddresses(StringBuilder batch, String name, int number) {
        for (int i = 1; i <= 3; i++) {
            batch.append(String.format("address add 10.%d.%d.%d/24 dev %s%n", number >> 8, number & 255, i, name));
            batch.append(String.format("address add fd00:%x::%d/64 dev %s nodad%n", number, i, name));
        }
    }

    /** Runs {@code ip} with a batch of its commands. */
    public void batch(String commands) throws Exception {
        var file = Files.createTempFile("ip", ".batch");
        Files.writeString(file, commands);
        output("ip", "-batch", file.toString());
        Files.delete(file);
    }

    /** What a program in here prints; it must end well. */
    public String output(String... program) throws Exception {
        var command = new ArrayList<>(starter());
        command.addAll(List.of(program));
        var errors = Files.createTempFile("errors", ".txt");
        var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", program) + ": " + Files.readString(errors));
        }
        Files.delete(errors);
        return output;
    }

    @Override
    public void close() throws InterruptedException {
        keeper.destroy();
        keeper.waitFor();
    }
}
