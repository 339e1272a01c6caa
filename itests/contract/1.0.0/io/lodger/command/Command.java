package io.lodger.command;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One guest command: arguments in, result out.
 *
 * <p>The core makes one instance for as long as the command is registered and calls it from several threads: one for each channel
 * on which the host asks. Within one channel calls come one after the other.
 *
 * @param <A> the arguments; {@link NoArguments} for none
 * @param <R> the result; {@link Void} for none
 */
@ConsumerType
public interface Command<A extends Record, R> {

    /**
     * Does the work and returns what the host gets. Blocks plainly for as long as the work takes.
     *
     * <p>When the call is cancelled, the executing thread is interrupted after the actions given to
     * {@link CommandContext#onCancel} have run. A command that ends by then leaves nothing behind; what it returns or throws is
     * dropped, for nobody waits for it any more.
     *
     * @param arguments what the host sent, complete and of the right types
     * @param context what the core offers to this one call
     * @return the result, or null where {@code R} is {@link Void}
     * @throws CommandException to fail with an error class of the command's choice
     * @throws Exception to fail with {@code GenericError} and the exception's message, which is what an operator reads: it says
     *     what went wrong and what can be done
     */
    R execute(A arguments, CommandContext context) throws Exception;
}
