package io.lodger.snapshot;

import io.lodger.posix.Ptrace;
import io.lodger.save.engine.SaveSession;
import io.lodger.snapshot.capture.Capture;
import io.lodger.snapshot.capture.Copy;
import io.lodger.snapshot.capture.Stage;
import io.lodger.snapshot.capture.Threads;
import io.lodger.snapshot.image.CoreFile;
import io.lodger.snapshot.image.CoreFilter;
import io.lodger.snapshot.image.MemoryWriter;
import io.lodger.snapshot.image.Notes;
import io.lodger.snapshot.image.Segment;
import io.lodger.snapshot.machine.Machine;
import io.lodger.snapshot.process.Mapping;
import io.lodger.snapshot.process.Target;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One snapshot from beginning to end, on the one platform thread that owns all calls of ptrace(2). */
final class Snapshot {

    private final Machine machine;
    private final SaveSession session;
    private final int vectorsCapacity;
    private final boolean suspendsSeccomp;
    private final Consumer<Stage> stages;
    private int vectorsLength;

    /**
     * Prepares.
     *
     * @param vectorsCapacity how many bytes a thread's vector registers have at most
     * @param suspendsSeccomp whether this process may set the target's seccomp filters aside
     * @param stages is told of each step, in the middle of it
     */
    Snapshot(Machine machine, SaveSession session, int vectorsCapacity, boolean suspendsSeccomp, Consumer<Stage> stages) {
        this.machine = machine;
        this.session = session;
        this.vectorsCapacity = vectorsCapacity;
        this.suspendsSeccomp = suspendsSeccomp;
        this.stages = stages;
    }

    /** Takes it from a process that others have made quiet: the moment, running on, and then the long writing. */
    Map<String, String> take(Target target, Options options) throws IOException, InterruptedException {
        int pid = target.facts().pid();
        var filter = options.filter().isPresent() ? options.filter().get() : CoreFilter.of(pid);
        int traceOptions = suspendsSeccomp ? Ptrace.O_SUSPEND_SECCOMP : 0;
        try (var capture = new Capture(target, machine, vectorsCapacity, traceOptions, stages)) {
            capture.take();
            vectorsLength = capture.threads().registers().vectorsLength();
            var taken = Instant.now();
            session.postcopy();
            session.resume();
            var mappings = Mapping.of(capture.copy().pid());
            var segments = Segment.of(mappings, filter);
            int first = first(capture.threads(), pid, options);
            var facts = facts(target, capture, filter, segments, taken);
            var notes = Notes.of(target, capture.threads(), first, mappings, machine, lines(facts));
            write(capture.copy(), segments, notes, facts, "writing the memory of process " + pid);
            session.checkpoint();
            return facts;
        }
    }

    /** How many bytes of vector registers a thread had. */
    int vectorsLength() {
        return vectorsLength;
    }

    private static int first(Threads threads, int pid, Options options) throws IOException {
        int wanted = options.thread().orElse(pid);
        for (int i = 0; i < threads.count(); i++) {
            if (threads.tid(i) == wanted) {
                return i;
            }
        }
        throw new IOException("process " + pid + " has no thread " + wanted);
    }

    private Map<String, String> facts(Target target, Capture capture, CoreFilter filter, List<Segment> segments, Instant taken) {
        var facts = new TreeMap<String, String>();
        facts.put("pid", Integer.toString(target.facts().pid()));
        facts.put("command", target.facts().name());
        facts.put("taken-at", taken.toString());
        facts.put("threads", Integer.toString(capture.threads().count()));
        facts.put("pause-microseconds", Long.toString(capture.pauseNanos() / 1000));
        facts.put("filter", String.format("0x%x", filter.bits()));
        facts.put("mapped", Long.toString(segments.stream().mapToLong(segment -> segment.mapping().size()).sum()));
        facts.put("shown", Long.toString(segments.stream().mapToLong(Segment::fileSize).sum()));
        var shared = segments.stream().filter(segment -> segment.mapping().isShared() && segment.fileSize() > 0)
                .map(segment -> range(segment.mapping())).toList();
        if (!shared.isEmpty()) {
            facts.put("shared-as-of-reading", String.join(" ", shared));
        }
        var missing = target.mappings().stream().filter(mapping -> !mapping.missingInCopy().isEmpty())
                .map(mapping -> range(mapping) + ":" + mapping.missingInCopy()).toList();
        if (!missing.isEmpty()) {
            facts.put("missing", String.join(" ", missing));
        }
        return facts;
    }

    private static String range(Mapping mapping) {
        return Long.toHexString(mapping.start()) + "-" + Long.toHexString(mapping.end());
    }

    private static String lines(Map<String, String> facts) {
        var lines = new StringBuilder("Snapshot of a running process, taken by a fork of it. The time is UTC.\n");
        facts.forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
        return lines.toString();
    }

    private void write(Copy copy, List<Segment> segments, byte[] notes, Map<String, String> facts, String title) throws IOException {
        var file = new CoreFile(session, segments, notes);
        file.writeHead(machine);
        boolean halfWritten = false;
        try (var memory = new MemoryWriter(session, copy.pid(), title, file.memorySize())) {
            long size = 0;
            for (var segment : segments) {
                memory.write(segment);
                size += segment.fileSize();
                if (!halfWritten && size >= file.memorySize() / 2) {
                    halfWritten = true;
                    stages.accept(Stage.WRITING);
                }
            }
            facts.put("bytes", Long.toString(memory.written()));
            if (!memory.unread().isEmpty()) {
                facts.put("incomplete", String.join(" ", memory.unread()));
            }
        }
        file.writeResult("complete=" + !facts.containsKey("incomplete") + "\n" + lines(facts));
    }
}
