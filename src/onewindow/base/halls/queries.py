"""What is asked of a hall's own pictures."""

from onewindow.base.halls.models import Hall, Picture


def picture(hall: Hall) -> bytes:
    """Return the hall's logo as a PNG; nothing where it has none."""
    return picture_named(hall.slug, hall.logo) if hall.logo else b""


def picture_named(slug: str, name: str) -> bytes:
    """Return a picture of a hall by its name; nothing where there is none."""
    rows = Picture.objects.filter(hall__slug=slug, name=name)
    found = rows.values_list("png", flat=True).first()
    return bytes(found) if found else b""
