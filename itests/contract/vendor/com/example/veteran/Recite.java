package com.example.veteran;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.Unsigned;
import io.lodger.command.WireName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.osgi.service.component.annotations.Component;

/** Uses every type that a command can use of the contract's first release. */
@Component
@GuestCommand(name = "veteran-recite", respondsOnSuccess = true, whileFrozen = true, cancelledBySync = false)
@Doc("Gives back what it was given.")
public class Recite implements Command<Recite.Text, Recite.Recital> {

    public enum Tone { LOUD_VOICE, QUIET }

    public record Text(
            @Doc("The lines.") List<String> lines,
            @Doc("How.") Optional<Tone> tone,
            @Doc("Any number of 64 bits without sign.") @Unsigned long number,
            @Doc("Bytes.") @WireName("bytes-b64") byte[] bytes,
            @Doc("Whether to fail.") Optional<Boolean> fail,
            @Doc("Whether to wait until somebody cancels.") Optional<Boolean> linger) {
    }

    public record Recital(
            @Doc("The lines, counted.") Map<String, Integer> lines,
            @Doc("How.") Optional<Tone> tone,
            @Doc("The number.") @Unsigned long number,
            @Doc("The bytes.") byte[] bytes,
            @Doc("Whether anybody has cancelled.") boolean cancelled) {
    }

    @Override
    public Recital execute(Text text, CommandContext context) throws CommandException, InterruptedException {
        if (text.fail().orElse(false)) {
            throw new CommandException("VeteranError", "as you wished");
        }
        context.progress("reciting", 1, 2);
        context.afterReply(() -> { }, () -> { });
        var cancelled = new CountDownLatch(1);
        context.onCancel(cancelled::countDown);
        if (text.linger().orElse(false)) {
            cancelled.await();
        }
        return new Recital(Map.of("count", text.lines().size()), text.tone(), text.number(), text.bytes(), context.isCancelled());
    }
}
