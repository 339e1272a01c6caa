/** Writes the copy as an ELF core, elf(5): which memory belongs into it, its notes, and the memory itself. */
package io.lodger.snapshot.image;
