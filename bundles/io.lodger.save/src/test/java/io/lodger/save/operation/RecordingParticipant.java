package io.lodger.save.operation;

import io.lodger.save.participant.SaveOccasion;
import io.lodger.save.participant.SaveParticipant;
import java.time.Duration;
import java.util.List;

/** A participant that notes what it is told. */
class RecordingParticipant implements SaveParticipant {

    private final String name;
    private final List<String> calls;

    RecordingParticipant(String name, List<String> calls) {
        this.name = name;
        this.calls = calls;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(20);
    }

    @Override
    public void suspend(SaveOccasion occasion) throws Exception {
        calls.add(name + " suspend");
    }

    @Override
    public void postcopy(SaveOccasion occasion) {
        calls.add(name + " postcopy");
    }

    @Override
    public void checkpoint(SaveOccasion occasion) {
        calls.add(name + " checkpoint");
    }

    @Override
    public void resume(SaveOccasion occasion) throws Exception {
        calls.add(name + " resume");
    }
}
