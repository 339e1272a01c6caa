package io.lodger.snapshot.process;

import io.lodger.snapshot.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the reasons why a process can't be snapshotted, all before it is touched. */
final class Suitability {

    private static final int ELF_IDENTIFICATION = 20;
    private static final int CLASS = 4;
    private static final int CLASS_64 = 2;
    private static final int MACHINE = 18;

    private Suitability() {
    }

    /**
     * Refuses what can't be done without harm.
     *
     * @throws IOException with the reason
     */
    static void check(ProcessFacts process, Machine machine) throws IOException {
        int pid = process.pid();
        var who = "process " + pid + " (" + process.name() + ")";
        if (pid == ProcessHandle.current().pid()) {
            throw new IOException(who + " is the save helper itself");
        }
        int group = Integer.parseInt(process.status().get("Tgid"));
        if (group != pid) {
            throw new IOException(pid + " is a thread of process " + group + ": name that one");
        }
        if (process.state() == 'Z' || process.state() == 'X') {
            throw new IOException(process.number(20) > 1 ? who + " has ended its first thread, and without it can't be examined"
                    : who + " has ended already");
        }
        if (!process.status().containsKey("VmRSS")) {
            throw new IOException(who + " is a thread of the kernel and has no memory of its own");
        }
        var tracer = process.status().get("TracerPid");
        if (!tracer.equals("0")) {
            throw new IOException(who + " is traced by process " + tracer + nameOf(tracer) + ", and only one can trace it");
        }
        checkProgram(process, who, machine);
        var folder = ProcessFacts.folder(pid).resolve("ns");
        if (!namespace(folder.resolve("pid")).equals(namespace(folder.resolve("pid_for_children")))) {
            throw new IOException(who + " lets its children begin a PID namespace, and a copy would be the first of them");
        }
        if (process.status().getOrDefault("NSpid", "").endsWith("\t1")) {
            throw new IOException(who + " is the first process of a PID namespace: the copy would become its child, and stay its zombie");
        }
        if (process.status().getOrDefault("x86_Thread_features", "").contains("shstk")) {
            throw new IOException(who + " has a shadow stack, which a call from outside would violate");
        }
        MemoryRoom.check(process, who);
    }

    private static void checkProgram(ProcessFacts process, String who, Machine machine) throws IOException {
        byte[] head;
        try (var program = Files.newInputStream(ProcessFacts.folder(process.pid()).resolve("exe"))) {
            head = program.readNBytes(ELF_IDENTIFICATION);
        }
        if (head.length < ELF_IDENTIFICATION || head[CLASS] != CLASS_64) {
            throw new IOException(who + " is a 32-bit program; only 64-bit ones can be saved");
        }
        int found = (head[MACHINE] & 0xff) | (head[MACHINE + 1] & 0xff) << Byte.SIZE;
        if (found != machine.elfMachine()) {
            throw new IOException(who + " is a program for ELF machine " + found + ", not " + machine.elfMachine());
        }
    }

    private static String namespace(Path link) throws IOException {
        // Before its first child there is no namespace to show: the link is there, but can't be read.
        return Files.exists(link) ? Files.readSymbolicLink(link).toString() : "";
    }

    private static String nameOf(String pid) {
        try {
            return " (" + Files.readString(Path.of("/proc", pid, "comm")).strip() + ")";
        } catch (IOException e) {
            return "";
        }
    }
}
