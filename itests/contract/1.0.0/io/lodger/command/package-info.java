/**
 * The contract between Lodger and the commands it serves: everything a command author compiles against, and nothing else.
 *
 * <p>A command is a public class that implements {@link io.lodger.command.Command} and carries {@code @Component},
 * {@link io.lodger.command.GuestCommand @GuestCommand} and {@link io.lodger.command.Doc @Doc}. Its arguments are a record, and its
 * result is a record, a list of records, a string, a number, a boolean, or {@link java.lang.Void}.
 *
 * <h2>Java types and what stands for them on the wire</h2>
 * <table>
 * <caption>Types</caption>
 * <tr><th>Java</th><th>wire</th></tr>
 * <tr><td>{@code long}, {@code int}, {@code short}, {@code byte}</td><td>integer within the type's range, exact</td></tr>
 * <tr><td>the same with {@link io.lodger.command.Unsigned @Unsigned}</td><td>integer from 0 to the type's unsigned maximum</td></tr>
 * <tr><td>{@code double}</td><td>number</td></tr>
 * <tr><td>{@code boolean}</td><td>boolean; {@code "yes"} or {@code 1} are refused</td></tr>
 * <tr><td>{@code String}</td><td>string</td></tr>
 * <tr><td>{@code byte[]}</td><td>string in base64 (RFC 4648 section 4)</td></tr>
 * <tr><td>an enum</td><td>string; one of its constants, lower case with dashes</td></tr>
 * <tr><td>a record</td><td>object; unknown members are refused</td></tr>
 * <tr><td>{@code List<T>}</td><td>array</td></tr>
 * <tr><td>{@code Map<String, T>}</td><td>object with members of free names</td></tr>
 * <tr><td>{@code Optional<T>}</td><td>a member that may be missing; only as a record component</td></tr>
 * <tr><td>{@code Void}</td><td>the empty object; only as a result</td></tr>
 * </table>
 *
 * <p>Names are lower case with dashes on the wire: the component {@code bufB64} is the member {@code buf-b64}.
 */
@Export
@Version("1.0.0")
package io.lodger.command;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
