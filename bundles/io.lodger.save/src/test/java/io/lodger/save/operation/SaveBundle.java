package io.lodger.save.operation;

import io.lodger.command.Command;
import io.lodger.command.testkit.CommandTester;
import io.lodger.save.ImageVerify;
import io.lodger.save.Restore;
import io.lodger.save.RestoreWrite;
import io.lodger.save.Save;
import io.lodger.save.SaveEngines;
import io.lodger.save.SaveRead;
import io.lodger.save.engine.SaveEngine;
import io.lodger.save.fixture.TestEngine;
import io.lodger.save.participant.SaveParticipant;
import io.lodger.save.participation.Participants;
import io.lodger.save.process.Helpers;
import io.lodger.save.stream.Streams;
import java.util.Map;

/** The parts of the bundle as OSGi would put them together, with the test's engine. Helpers are real processes. */
final class SaveBundle {

    final Engines engines = new Engines();
    final Participants participants = new Participants();
    final Helpers helpers = new Helpers();
    final Streams streams = new Streams();
    final Operations operations = new Operations(engines, participants, helpers, streams);
    final SaveEngine engine = new TestEngine();

    SaveBundle() {
        engines.bind(engine, Map.of("service.ranking", 1000));
    }

    CommandTester save() {
        return CommandTester.of(new Save(operations));
    }

    CommandTester restore() {
        return CommandTester.of(new Restore(operations));
    }

    CommandTester verify() {
        return CommandTester.of(new ImageVerify(operations));
    }

    SaveRead saveRead() {
        return new SaveRead(streams);
    }

    RestoreWrite restoreWrite() {
        return new RestoreWrite(streams);
    }

    Command<?, ?> saveEngines() {
        return new SaveEngines(engines);
    }

    void take(SaveParticipant participant, int ranking) {
        participants.bind(participant, Map.of("service.ranking", ranking));
    }
}
