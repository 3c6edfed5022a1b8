package dev.steelyard.ranking;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The items that a model knows, numbered from 0 in the order in which they came, so that ratings lie in arrays. */
public final class ItemPool {

    private static final String OWNER = "items";

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<Boolean> retired = new ArrayList<>();

    /** The names in the pool; null when it has changed since they were asked for. */
    private List<String> active;

    /**
     * Adds an item and gives its number.
     *
     * @throws IllegalArgumentException if it is known or blank
     */
    public int add(String item) {
        if (item.isBlank()) {
            throw new IllegalArgumentException("an item's name must not be blank");
        }
        if (numbers.containsKey(item)) {
            throw new IllegalArgumentException("there is an item '" + item
                    + (retired.get(numbers.get(item)) ? "' already, which is retired" : "' already")
                    + "; give a new version a name of its own");
        }
        active = null;
        numbers.put(item, names.size());
        names.add(item);
        retired.add(false);
        return names.size() - 1;
    }

    /**
     * Takes an item out of the pool.
     *
     * @throws UnknownItemException if it is not in the pool
     */
    public void retire(String item) {
        int number = number(item);
        if (retired.get(number)) {
            throw new UnknownItemException("item '" + item + "' is retired already");
        }
        retired.set(number, true);
        active = null;
    }

    /** How many items were ever added. */
    public int size() {
        return names.size();
    }

    public boolean knows(String item) {
        return numbers.containsKey(item);
    }

    public String name(int number) {
        return names.get(number);
    }

    public boolean isRetired(int number) {
        return retired.get(number);
    }

    /**
     * The number of an item, retired or not.
     *
     * @throws UnknownItemException if it is not known
     */
    public int number(String item) {
        Integer number = numbers.get(item);
        if (number == null) {
            throw new UnknownItemException("no item is called '" + item + "'; add it first");
        }
        return number;
    }

    /** The names in the pool; the same unmodifiable list until the pool changes. */
    public List<String> active() {
        if (active == null) {
            List<String> kept = new ArrayList<>(names.size());
            for (int number = 0; number < names.size(); number++) {
                if (!retired.get(number)) {
                    kept.add(names.get(number));
                }
            }
            active = List.copyOf(kept);
        }
        return active;
    }

    /**
     * The numbers of a ballot's items.
     *
     * @throws InvalidBallotException if one is unknown or retired
     */
    public int[] resolve(Ballot ballot) {
        int[] resolved = new int[ballot.size()];
        for (int i = 0; i < resolved.length; i++) {
            String item = ballot.items().get(i);
            Integer number = numbers.get(item);
            if (number == null) {
                throw new InvalidBallotException(
                        ballot.id(),
                        InvalidBallotException.Reason.UNKNOWN_ITEM,
                        "no item is called '" + item + "'; add it first");
            }
            if (retired.get(number)) {
                throw new InvalidBallotException(
                        ballot.id(), InvalidBallotException.Reason.RETIRED_ITEM, "item '" + item + "' is retired");
            }
            resolved[i] = number;
        }
        return resolved;
    }

    /** The items with whether they are retired. */
    public State state() {
        List<State> items = new ArrayList<>();
        for (int number = 0; number < names.size(); number++) {
            items.add(State.of("item").put("name", names.get(number)).put("retired", retired.get(number)));
        }
        return State.of(OWNER).put("items", items);
    }

    /**
     * Reads what {@link #state} wrote.
     *
     * @throws StateException if it is damaged
     */
    public static ItemPool from(State saved) {
        ItemPool pool = new ItemPool();
        for (State item : saved.require(OWNER).states("items")) {
            String name = item.text("name");
            if (pool.knows(name)) {
                throw new StateException("the saved items name '" + name + "' twice");
            }
            pool.retired.set(pool.add(name), item.flag("retired"));
        }
        return pool;
    }
}
