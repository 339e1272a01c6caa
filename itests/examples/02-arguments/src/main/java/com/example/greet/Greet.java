package com.example.greet;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import java.util.Collections;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

@Component
@GuestCommand(name = "example-greet")
@Doc("Greets somebody.")
public class Greet implements Command<Greet.Whom, Greet.Greeting> {

    private static final int MOST_TIMES = 10;

    /** How it sounds; on the wire the constants are lower case. */
    public enum Tone { PLAIN, WARM }

    public record Whom(
            @Doc("Who is greeted.") String name,
            @Doc("How it sounds; plain if not given.") Optional<Tone> tone,
            @Doc("How often, from 1 to 10; once if not given.") Optional<Integer> times) {

        public Whom {
            if (times.isPresent() && (times.get() < 1 || times.get() > MOST_TIMES)) {
                throw new IllegalArgumentException("times must be from 1 to " + MOST_TIMES + ", not " + times.get());
            }
        }
    }

    public record Greeting(@Doc("The greeting.") String text, @Doc("How many characters it has.") int letters) {
    }

    @Override
    public Greeting execute(Whom whom, CommandContext context) {
        var once = (whom.tone().equals(Optional.of(Tone.WARM)) ? "Dear " : "Hello ") + whom.name() + "!";
        var text = String.join(" ", Collections.nCopies(whom.times().orElse(1), once));
        return new Greeting(text, text.length());
    }
}
