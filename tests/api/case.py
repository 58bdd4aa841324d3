"""One small case with every kind of object, published whole."""

from tests.record.factories import (
    account,
    agency,
    attribution,
    citation,
    involvement,
    legal_action,
    party,
    publish_incident,
    source,
    step,
    victim,
    violation,
)


def publish_case():
    """A disappearance in Kech on 29 October 2023 and the FIR about it; returns the incident."""
    report = source("Four bodies handed over", publisher="Dawn", published="2023-11-24")
    police = agency("Counter Terrorism Department", abbreviation="CTD", name_local="سی ٹی ڈی")
    court = agency("Sessions Court Turbat", type="judiciary", abbreviation="")
    cited = [citation(report, locator="paragraph 4")]
    fir = legal_action(
        "FIR on the death in custody",
        forum=court,
        area="PK211",
        steps=[step("Order to register", date="2023-12-09", compliance="complied")],
    )
    taken = violation(
        "enforced-disappearance",
        victim=victim("Balach Mola Bakhsh", name_local="بالاچ مولا بخش"),
        end="2023-11-2X",
        involvements=[involvement(police)],
        attributions=[attribution("officials-deny", speaker=party("CTD spokesman"))],
        citations=cited,
    )
    return publish_incident(
        "Taken from home in Turbat",
        date="2023-10-29",
        violations=[taken],
        legal_actions=[fir],
        accounts=[account("He was taken from home", citations=cited)],
        citations=cited,
        contested=True,
    )
