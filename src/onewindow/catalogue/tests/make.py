"""Furniture: groups, services, papers."""

from factory.declarations import LazyAttributeSequence, LazyFunction, SelfAttribute, Sequence
from factory.declarations import SubFactory as Sub
from factory.django import DjangoModelFactory

from onewindow.base.halls.tests.make import HallFactory
from onewindow.catalogue.models import Group, Material, Service


class GroupFactory(DjangoModelFactory[Group]):
    """A group with the series A."""

    class Meta:
        model = Group

    hall = Sub(HallFactory)
    code = Sequence(lambda n: f"group-{n}")
    name = LazyAttributeSequence(lambda _group, n: {"zh-Hans": f"分类{n}", "en": f"Group {n}"})
    series = "A"


class ServiceFactory(DjangoModelFactory[Service]):
    """A service; its group stands in the same hall."""

    class Meta:
        model = Service

    hall = Sub(HallFactory)
    group = Sub(GroupFactory, hall=SelfAttribute("..hall"))
    code = Sequence(lambda n: f"S{n}")
    name = LazyAttributeSequence(lambda _service, n: {"zh-Hans": f"事项{n}", "en": f"Service {n}"})


class MaterialFactory(DjangoModelFactory[Material]):
    """A paper that a service asks for."""

    class Meta:
        model = Material

    service = Sub(ServiceFactory)
    name = LazyFunction(lambda: {"zh-Hans": "居民身份证", "en": "Identity card"})
