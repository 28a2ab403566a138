"""Furniture: organisations, halls, departments."""

from factory.declarations import LazyAttributeSequence, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from onewindow.base.halls.models import Department, Hall, Organisation


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """The one organisation: asked for again, the same is given."""

    class Meta:
        model = Organisation
        django_get_or_create = ("pk",)

    pk = 1
    name = LazyFunction(lambda: {"zh-Hans": "东湖市政务服务局", "en": "East Lake City"})


class HallFactory(DjangoModelFactory[Hall]):
    """A hall in both languages."""

    class Meta:
        model = Hall

    organisation = SubFactory(OrganisationFactory)
    slug = Sequence(lambda n: f"hall-{n}")
    name = LazyAttributeSequence(lambda _hall, n: {"zh-Hans": f"大厅{n}", "en": f"Hall {n}"})
    languages = LazyFunction(lambda: ["zh-Hans", "en"])


class DepartmentFactory(DjangoModelFactory[Department]):
    """A department of the organisation."""

    class Meta:
        model = Department

    organisation = SubFactory(OrganisationFactory)
    code = Sequence(lambda n: f"D{n}")
    name = LazyAttributeSequence(lambda _department, n: {"zh-Hans": f"部门{n}", "en": f"Dept {n}"})
