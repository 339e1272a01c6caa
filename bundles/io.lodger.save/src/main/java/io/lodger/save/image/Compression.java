package io.lodger.save.image;

/** How an image keeps its payload. */
public enum Compression {
    /** As it is, without what is zero where the file system can leave holes: other programs read the payload from the file itself. */
    NONE,
    /** Each block as a frame of Zstandard (RFC 8878): {@code zstd -d} of the file gives the payload. */
    ZSTD
}
