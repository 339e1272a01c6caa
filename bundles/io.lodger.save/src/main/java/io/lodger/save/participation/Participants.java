package io.lodger.save.participation;

import io.lodger.save.participant.SaveOccasion;
import io.lodger.save.participant.SaveParticipant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Those who take part in saves, as they come and go. */
@Component(service = Participants.class)
public final class Participants {

    private static final String RANKING = "service.ranking";
    private static final String ID = "service.id";

    private static final Comparator<Ranked> ORDER = Comparator.comparingInt(Ranked::ranking).reversed().thenComparingLong(Ranked::id);

    private final List<Ranked> ranked = new ArrayList<>();
    private final List<Participation> current = new ArrayList<>();

    private record Ranked(int ranking, long id, SaveParticipant participant) {
    }

    /** Somebody has come, with the properties of the service. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public synchronized void bind(SaveParticipant participant, Map<String, Object> properties) {
        ranked.add(new Ranked(properties.get(RANKING) instanceof Integer ranking ? ranking : 0,
                properties.get(ID) instanceof Long id ? id : Long.MAX_VALUE, participant));
        ranked.sort(ORDER);
    }

    /** Somebody goes. Returns when it has been told to resume, if it was to be: its bundle may be gone after that. */
    public void unbind(SaveParticipant participant) {
        List<Participation> running;
        synchronized (this) {
            ranked.removeIf(one -> one.participant() == participant);
            running = List.copyOf(current);
        }
        running.forEach(participation -> participation.leave(participant));
    }

    private synchronized List<SaveParticipant> inOrder() {
        return ranked.stream().map(Ranked::participant).toList();
    }

    /** Begins an occasion, which is to be ended. */
    public synchronized Participation begin(SaveOccasion occasion) {
        var participation = new Participation(occasion, this::inOrder);
        current.add(participation);
        return participation;
    }

    /** Ends an occasion: nobody is left suspended. */
    public void end(Participation participation) {
        participation.close();
        synchronized (this) {
            current.remove(participation);
        }
    }
}
