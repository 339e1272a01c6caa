package io.lodger.save.operation;

import static io.lodger.save.operation.SaveTest.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.testkit.CommandTester;
import io.lodger.save.Await;
import io.lodger.save.participant.SaveOccasion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those who make themselves ready for a save. */
class ParticipantsTest {

    private final SaveBundle bundle = new SaveBundle();
    private final CommandTester save = bundle.save();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        save.close();
    }

    private class Participant extends RecordingParticipant {

        Participant(String name) {
            super(name, calls);
        }
    }

    private String arguments(String target, String options) {
        return "{'target': '" + target + "', 'path': '" + folder.resolve("x.image") + "', 'options': {" + options + "}}";
    }

    private String hangAfterSuspend() {
        return arguments("hang", "'suspend': 'yes', 'begun': '" + folder.resolve("begun") + "', 'cleaned': '" + folder.resolve("cleaned")
                + "'");
    }

    @Test
    void areToldInTheOrderOfTheirRankingAndResumeInReverse() throws Exception {
        bundle.take(new Participant("second"), 1);
        bundle.take(new Participant("first"), 2);
        bundle.take(new Participant("third"), -1);
        assertTrue(save.callJob(arguments("callbacks", "")).startsWith("{\"return\""));
        assertEquals(List.of("first suspend", "second suspend", "third suspend", "first postcopy", "second postcopy", "third postcopy",
                "first checkpoint", "second checkpoint", "third checkpoint", "third resume", "second resume", "first resume"), calls);
    }

    @Test
    void whenOneCantThoseBeforeItResumeAndTheSaveFails() throws Exception {
        bundle.take(new Participant("first"), 3);
        bundle.take(new Participant("second"), 2);
        bundle.take(new Participant("stubborn") {
            @Override
            public void suspend(SaveOccasion occasion) throws Exception {
                throw new IllegalStateException("a transaction is open");
            }
        }, 1);
        bundle.take(new Participant("never asked"), 0);
        assertError("the participant 'stubborn' in its suspend failed: a transaction is open", save.callJob(arguments("callbacks", "")));
        assertEquals(List.of("first suspend", "second suspend", "stubborn resume", "second resume", "first resume"), calls);
    }

    @Test
    void oneThatHangsIsInterruptedAndRolledBack() throws Exception {
        bundle.take(new Participant("first"), 2);
        bundle.take(new Participant("slow") {
            @Override
            public Duration limit() {
                return Duration.ofMillis(300);
            }

            @Override
            public void suspend(SaveOccasion occasion) throws Exception {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    calls.add("slow interrupted");
                }
            }
        }, 1);
        assertError("the participant 'slow' in its suspend took longer than its limit of 300 ms", save.callJob(arguments("callbacks", "")));
        assertEquals(List.of("first suspend", "slow interrupted", "slow resume", "first resume"), calls);
    }

    @Test
    void oneThatIgnoresItsInterruptionKeepsNobodyElseSuspended() throws Exception {
        var release = new CountDownLatch(1);
        bundle.take(new Participant("first"), 2);
        bundle.take(new Participant("deaf") {
            @Override
            public Duration limit() {
                return Duration.ofMillis(100);
            }

            @Override
            public void suspend(SaveOccasion occasion) throws Exception {
                while (release.getCount() > 0) {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        calls.add("deaf interrupted");
                    }
                }
            }
        }, 1);
        assertTrue(save.callJob(arguments("callbacks", "")).contains("took longer"));
        release.countDown();
        assertEquals(List.of("first suspend", "deaf interrupted", "first resume"), calls);
    }

    @Test
    void everybodyResumesWhenTheHelperDies() throws Exception {
        bundle.take(new Participant("first"), 1);
        bundle.take(new Participant("second") {
            @Override
            public void resume(SaveOccasion occasion) throws Exception {
                super.resume(occasion);
                throw new IllegalStateException("no matter");
            }
        }, 0);
        save.start(hangAfterSuspend());
        Await.until("the engine is at work", () -> Files.exists(folder.resolve("begun"))
                && !Files.readString(folder.resolve("begun")).isEmpty());
        ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("begun")))).orElseThrow().destroyForcibly();
        assertTrue(save.jobReply().contains("it was killed by signal 9"));
        assertEquals(List.of("first suspend", "second suspend", "second resume", "first resume"), calls);
    }

    @Test
    void everybodyResumesWhenTheSaveIsCancelledWhileOneSuspends() throws Exception {
        bundle.take(new Participant("first"), 2);
        bundle.take(new Participant("slow") {
            @Override
            public void suspend(SaveOccasion occasion) throws Exception {
                super.suspend(occasion);
                new CountDownLatch(1).await();
            }
        }, 1);
        save.start(arguments("callbacks", ""));
        var job = save.reply();
        Await.until("it suspends", () -> calls.contains("slow suspend"));
        assertTrue(save.cancelJob(job).contains("The test cancelled the job"));
        Await.until("all resumed", () -> calls.size() == 4);
        assertEquals(List.of("first suspend", "slow suspend", "slow resume", "first resume"), calls);
    }

    @Test
    void oneThatIsTakenAwayResumesAtOnceAndIsNotToldTwice() throws Exception {
        var going = new Participant("going");
        bundle.take(going, 1);
        bundle.take(new Participant("staying"), 0);
        save.start(hangAfterSuspend());
        var job = save.reply();
        Await.until("the engine is at work", () -> Files.exists(folder.resolve("begun")));
        bundle.participants.unbind(going);
        assertEquals(List.of("going suspend", "staying suspend", "going resume"), calls);
        save.cancelJob(job);
        Await.until("all resumed", () -> calls.size() == 4);
        assertEquals("staying resume", calls.get(3));
    }

    @Test
    void theSaveFailsWhenOneIsTakenAwayBeforeTheMomentIsCaptured() throws Exception {
        var going = new Participant("going");
        var suspended = new CountDownLatch(1);
        var gone = new CountDownLatch(1);
        bundle.take(going, 1);
        bundle.take(new Participant("witness") {
            @Override
            public void suspend(SaveOccasion occasion) throws Exception {
                suspended.countDown();
                gone.await();
            }
        }, 0);
        save.start(arguments("callbacks", ""));
        suspended.await();
        bundle.participants.unbind(going);
        gone.countDown();
        assertError("the participant 'going' was taken away before the moment was captured", save.jobReply());
        assertEquals(List.of("going suspend", "going resume", "witness resume"), calls);
    }
}
