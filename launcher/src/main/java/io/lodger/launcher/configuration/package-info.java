/** What the agent is told: options as qemu-ga takes them, and key files. */
package io.lodger.launcher.configuration;
