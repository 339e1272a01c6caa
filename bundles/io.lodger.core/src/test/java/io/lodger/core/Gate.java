package io.lodger.core;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.NoArguments;
import java.util.concurrent.CountDownLatch;

/** A command that lasts until the test lets it go on. */
public final class Gate implements Command<NoArguments, Object> {

    public final CountDownLatch entered = new CountDownLatch(1);
    public final CountDownLatch interrupted = new CountDownLatch(1);
    public final CountDownLatch left = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);
    private final boolean stubborn;

    private Gate(boolean stubborn) {
        this.stubborn = stubborn;
    }

    /** A command that ends when it is interrupted. */
    public static Gate polite() {
        return new Gate(false);
    }

    /** A command that takes no notice of being interrupted. */
    public static Gate stubborn() {
        return new Gate(true);
    }

    public void open() {
        opened.countDown();
    }

    @Override
    public Object execute(NoArguments none, CommandContext context) throws InterruptedException {
        entered.countDown();
        try {
            while (true) {
                try {
                    opened.await();
                    return "through";
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    if (!stubborn) {
                        throw e;
                    }
                }
            }
        } finally {
            left.countDown();
        }
    }
}
