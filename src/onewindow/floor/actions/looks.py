"""How the hall looks: its logo."""

import hashlib

from onewindow.base.action import action
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall, Picture
from onewindow.base.trail import By
from onewindow.base.trail.record import record


@action
def set_logo(*, hall: Hall, png: bytes, by: By) -> None:
    """Show this logo from now on; none where ``png`` is empty. Old ones go."""
    name = hashlib.sha256(png).hexdigest()[:16] if png else ""
    if name:
        Picture.objects.get_or_create(hall=hall, name=name, defaults={"png": png})
    Picture.objects.filter(hall=hall).exclude(name=name).delete()
    Hall.objects.filter(pk=hall.pk).update(logo=name)
    hall.logo = name
    record("hall.logo", hall, by=by, hall=hall.pk, label=hall.slug, topics=("hall",), logo=name)
    changed(hall)
