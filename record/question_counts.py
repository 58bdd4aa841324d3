"""How many objects a question finds, how many for certain, and how many more it might find."""

from functools import cached_property

from record import counting
from record.date_question import DateMode
from record.filter_sets import Conditions, ParameterSet
from record.resources import Resource
from record.search_objects import FoundObjects, count_others, found_objects
from record.tallies.asking import Figures, figures
from record.tallies.trait_questions import trait_count
from record.tallies.unplaced import unplaced


class Counts:
    """The counts of one question without errors. Each is counted when it is asked for, once.

    Tallies tell them where they cover what is asked; everything else is counted on the facts.
    """

    def __init__(self, resource: Resource, filters: ParameterSet) -> None:
        self.resource = resource
        self.filters = filters
        self.has_range = filters.dates.has_range

    @cached_property
    def asked(self) -> Conditions:
        """The conditions that choose what is counted."""
        return self.filters.conditions()

    @cached_property
    def objects(self) -> FoundObjects | None:
        """The objects found, where words are asked for among facts."""
        return found_objects(self.filters, self.resource, self.asked)

    @cached_property
    def all(self) -> int:
        """How many objects are found."""
        if self._figures is not None:
            return self._figures.count
        if (found := trait_count(self.filters)) is not None:
            return found
        return self._on_facts[0]

    @cached_property
    def certain(self) -> int:
        """How many of them lie in the range of dates for certain; all, where there is none."""
        if not self.has_range:
            return self.all
        return self._on_facts[1] if self._figures is None else self._figures.certain

    @cached_property
    def undated(self) -> int:
        """How many more would be found but for a date that is not known; with
        ``date_mode=ongoing`` also those that began before the range and whose end is not known.
        0 where no range is asked for."""
        if not self.has_range:
            return 0
        if self._figures is not None:
            return self._figures.undated
        if self._ongoing is not None:
            return self._ongoing[2]
        return self._besides(self.filters.conditions(undecided=True))

    @cached_property
    def dated_otherwise(self) -> int:
        """How many more would be found if, of each, the date of another claimant were taken.
        0 where no range is asked for, or one of dates that nobody else tells. One query."""
        if not self.has_range or self.filters.dates.own:
            return 0
        return self._besides(self.filters.conditions(claimed=True))

    @cached_property
    def unplaced(self) -> int:
        """How many more may belong to the places asked for; 0 where no place is asked for."""
        if not self.filters.has_places:
            return 0
        if (found := unplaced(self.filters, self.resource)) is not None:
            return found
        return self._besides(self.filters.conditions(unplaced=True))

    @cached_property
    def _figures(self) -> Figures | None:
        """What tallies tell of it; None where everything is counted on the facts."""
        return figures(self.filters, self.resource)

    @cached_property
    def _on_facts(self) -> tuple[int, int]:
        """How many are found and how many of them for certain, counted on the facts."""
        if self.objects is not None:
            return self.objects.matches.number, self.objects.certain
        if self._ongoing is not None:
            return self._ongoing[:2]
        certain = self.filters.dates.certain()
        if not self.has_range or certain is None:
            found = counting.count(self.resource, self.asked)
            return found, found
        if counting.is_of_facts(self.resource, self.asked):
            return counting.count_sure(self.resource, self.asked, certain)
        sure = self.filters.conditions(certainly=True)
        return counting.count(self.resource, self.asked), counting.count(self.resource, sure)

    @cached_property
    def _ongoing(self) -> tuple[int, int, int] | None:
        """All, those for certain and those undecided, where it is asked what was going on; None
        where that is not asked, or where more than facts is asked."""
        dates = self.filters.dates
        certain = dates.certain()
        if dates.mode is not DateMode.ONGOING or certain is None or self.objects is not None:
            return None
        if not counting.is_of_facts(self.resource, self.asked) or self.asked.own:
            return None
        undecided = self.filters.conditions(undecided=True)
        return counting.count_ongoing(self.resource, self.asked, certain, undecided)

    def _besides(self, wider: Conditions) -> int:
        if self.objects is not None:
            return count_others(self.resource, wider, self.objects)
        return counting.count_besides(self.resource, wider, self.asked)
