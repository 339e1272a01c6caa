package io.lodger.save.operation;

/** Somebody's use of an engine, until it is closed. */
interface EngineUse extends AutoCloseable {

    @Override
    void close();
}
