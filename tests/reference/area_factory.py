"""Areas for tests, with valid defaults."""

from reference.models import Area, AreaName


def make_area(code="XX", level="country", parent=None, aliases=(), **values):
    """A stored area; its name is its code unless given."""
    area = Area(code=code, level=level, parent=parent, name=values.pop("name", code), **values)
    area.save()
    for alias in aliases:
        AreaName.objects.create(area=area, name=alias)
    return area


def make_chain(*names, levels=("country", "province", "district", "town")):
    """Areas within each other, from the widest; each has a code of its own."""
    areas = []
    for name, level in zip(names, levels, strict=False):
        parent = areas[-1] if areas else None
        code = f"{parent.code if parent else 'XX'}-{level}"
        areas.append(make_area(code, level, parent, name=name))
    return areas
