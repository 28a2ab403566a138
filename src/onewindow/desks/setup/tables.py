"""What is set up by hand, and in which order: the table that every page of set-up is made from."""

import secrets
from functools import cache

from django.conf import settings
from django.db.models import Count, Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.access import Can
from onewindow.base import clocks
from onewindow.base.deadlines import actions as deadlines
from onewindow.base.deadlines.forms import SpecialDayForm
from onewindow.base.deadlines.models import SpecialDay
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.models import Department, Hall
from onewindow.base.web.refused import NotFound
from onewindow.base.web.rowform import minute
from onewindow.catalogue import actions as catalogue
from onewindow.catalogue.forms import ConditionForm, GroupForm, MaterialForm, ServiceForm
from onewindow.catalogue.models import Condition, Group, Material, Service
from onewindow.desks.setup.forms import DepartmentForm, HallForm, OrganisationForm, RulesForm
from onewindow.desks.setup.hours import HOURS
from onewindow.desks.setup.sheets import Column, Only, Part, Sheet, rules
from onewindow.desks.setup.wordings import WORDINGS
from onewindow.floor import actions as floor
from onewindow.floor.forms import AnnouncementForm, CheckForm, SpotForm, WindowForm, ZoneForm
from onewindow.floor.models import Announcement, Check, Spot, Window, Zone
from onewindow.tickets.actions import clock, retire
from onewindow.tickets.forms import RuleExceptionForm, TopicForm
from onewindow.tickets.models import RuleException, Topic

IN_USE = Q(archived_at=None)
NAME = Column(_("Name"), "name", "texts")
CODE = Column(_("Short code"), "code", "code")

ORGANISATION = Only(
    name="organisation",
    title=_("Organisation"),
    one="",
    icon="landmark",
    form=OrganisationForm,
    rows=lambda hall: Hall.objects.none(),
    blank=lambda hall: None,
    find=lambda hall: hall.organisation,
    keep=floor.save_organisation,
)
HALL = Only(
    name="hall",
    title=_("This hall"),
    one="",
    icon="building-2",
    form=HallForm,
    rows=lambda hall: Hall.objects.none(),
    blank=lambda hall: None,
    find=lambda hall: Hall.objects.get(pk=hall.pk),
    keep=clock.save_hall,
)
DEPARTMENTS = Sheet(
    name="departments",
    title=_("Departments"),
    one=_("New department"),
    icon="users",
    form=DepartmentForm,
    rows=lambda hall: Department.objects.filter(halls=hall),
    order=("code",),
    blank=lambda hall: Department(organisation_id=hall.organisation_id),
    columns=(NAME, CODE),
    search=("name", "code"),
    keep=floor.save_department,
    archive=floor.archive_department,
    about=_("Who sends people to the windows. Services and windows belong to one."),
)
ZONES = Sheet(
    name="zones",
    title=_("Zones"),
    one=_("New zone"),
    icon="map",
    form=ZoneForm,
    rows=lambda hall: hall.zones.annotate(
        many=Count("windows", filter=Q(windows__archived_at=None))
    ),
    blank=lambda hall: Zone(hall=hall),
    columns=(
        NAME,
        CODE,
        Column(_("Storey"), "storey", "texts"),
        Column(_("Walking, s"), "walking_s", "figure"),
        Column(_("Windows"), "many", "figure"),
    ),
    search=("name", "code"),
    archive=floor.archive_zone,
    about=_("The parts of the hall where people wait. Calls and displays follow them."),
)
WINDOWS = Sheet(
    name="windows",
    listed=True,
    title=_("Windows"),
    one=_("New window"),
    icon="app-window",
    form=WindowForm,
    rows=lambda hall: hall.windows.select_related("zone", "department").annotate(
        many=Count("profile", filter=Q(profile__service__archived_at=None))
    ),
    blank=lambda hall: Window(hall=hall),
    columns=(
        Column(_("Label"), "label", "name"),
        NAME,
        Column(_("What it is for"), "get_kind_display"),
        Column(_("Zone"), "zone"),
        Column(_("Department"), "department"),
        Column(_("Services"), "many", "figure"),
        Column(_("Accessible"), "accessible", "tick"),
    ),
    search=("label", "name"),
    filters=("zone", "kind", "department"),
    archive=retire.archive_window,
    called=lambda row: gettext("Window {name}").format(name=row.label),
    about=_("Each with its label and its profile: the services that are served there."),
)
GROUPS = Sheet(
    name="groups",
    title=_("Groups of services"),
    one=_("New group"),
    icon="layout-grid",
    form=GroupForm,
    rows=lambda hall: hall.groups.annotate(
        many=Count("services", filter=Q(services__archived_at=None))
    ),
    blank=lambda hall: Group(hall=hall),
    columns=(
        NAME,
        CODE,
        Column(_("Letter"), "series"),
        Column(_("Services"), "many", "figure"),
    ),
    search=("name", "code"),
    archive=catalogue.archive_group,
    about=_("What stands together on a kiosk and draws from one series of numbers."),
)
SERVICES = Sheet(
    name="services",
    listed=True,
    title=_("Services"),
    one=_("New service"),
    icon="list-checks",
    form=ServiceForm,
    rows=lambda hall: hall.services.select_related("group", "department").annotate(
        many=Count("materials", filter=Q(materials__archived_at=None))
    ),
    blank=lambda hall: Service(hall=hall),
    columns=(
        NAME,
        CODE,
        Column(_("Group"), "group"),
        Column(_("Department"), "department"),
        Column(_("Minutes"), "target_minutes", "figure"),
        Column(_("Papers"), "many", "figure"),
    ),
    search=("name", "code", "keywords"),
    filters=("group", "department", "depth"),
    keep=catalogue.save_service,
    archive=retire.archive_service,
    parts=("materials",),
    belongs="service",
    about=_("What people come for."),
)
MATERIALS = Sheet(
    name="materials",
    listed=True,
    title=_("Papers to bring"),
    one=_("New paper"),
    icon="file-text",
    form=MaterialForm,
    rows=lambda hall: Material.objects.filter(service__hall=hall).select_related(
        "service", "condition"
    ),
    blank=lambda hall: Material(),
    columns=(
        NAME,
        Column(_("Service"), "service"),
        Column(_("Form"), "get_original_display"),
        Column(_("Copies"), "copies", "figure"),
        Column(_("Asked for if"), "condition"),
    ),
    search=("name", "issuer"),
    filters=("service", "original"),
    order=("service__position", "service_id", "position", "pk"),
    keep=catalogue.save_material,
    about=_("What each service asks for; a question decides which of them a visitor needs."),
)
CONDITIONS = Sheet(
    name="questions",
    listed=True,
    title=_("Yes/no questions"),
    one=_("New question"),
    icon="circle-question-mark",
    form=ConditionForm,
    rows=lambda hall: hall.conditions.annotate(
        many=Count("material", filter=Q(material__archived_at=None))
    ),
    order=("code",),
    blank=lambda hall: Condition(hall=hall),
    columns=(
        Column(_("Question"), "question", "texts"),
        CODE,
        Column(_("Papers"), "many", "figure"),
    ),
    search=("question", "code"),
    archive=catalogue.archive_condition,
    about=_("Asked at the kiosk, answered by yes or no, so that each sees only their own papers."),
)
SPECIAL_DAYS = Sheet(
    name="special-days",
    title=_("Special days"),
    one=_("New special day"),
    icon="calendar-x-2",
    form=SpecialDayForm,
    rows=lambda hall: hall.special_days.all(),
    order=("-day",),
    blank=lambda hall: SpecialDay(hall=hall, is_open=False),
    columns=(
        Column(_("Date"), "day", "day"),
        Column(_("Open"), "is_open", "tick"),
        Column(_("Opens"), "opens", "time"),
        Column(_("Closes"), "closes", "time"),
        Column(_("What visitors are told"), "note", "texts"),
    ),
    can=Can.SET_HOURS,
    keep=deadlines.save_special_day,
    archive=deadlines.archive_special_day,
    restore=deadlines.restore_special_day,
    about=_("Dates that differ: closed, opened in addition, or with other hours."),
)
ANNOUNCEMENTS = Sheet(
    name="announcements",
    title=_("Announcements"),
    one=_("New announcement"),
    icon="megaphone",
    form=AnnouncementForm,
    rows=lambda hall: hall.announcements.all(),
    order=("-since", "-pk"),
    blank=lambda hall: Announcement(hall=hall, since=minute(clocks.now())),
    columns=(
        Column(_("Words"), "text", "texts"),
        Column(_("From"), "since", "when"),
        Column(_("Until"), "until", "when"),
    ),
    search=("text",),
    can=Can.ANNOUNCE,
    about=_("What the hall tells everybody, on displays and pages."),
)

CHECKS = Sheet(
    name="checks",
    title=_("Opening and closing rounds"),
    one=_("New check"),
    icon="clipboard-check",
    form=CheckForm,
    rows=lambda hall: hall.checks.all(),
    order=("moment", "position", "pk"),
    blank=lambda hall: Check(hall=hall),
    columns=(
        Column(_("What is seen to"), "name", "texts"),
        Column(_("Before or after"), "get_moment_display"),
    ),
    search=("name",),
    filters=("moment",),
    about=_("What the duty manager ticks before the hall opens and after it has closed."),
)
SPOTS = Sheet(
    name="spots",
    title=_("Codes in the hall"),
    one=_("New code"),
    icon="qr-code",
    form=SpotForm,
    rows=lambda hall: hall.spots.select_related("zone"),
    blank=lambda hall: Spot(hall=hall, code=secrets.token_hex(8)),
    columns=(
        Column(_("Where the code hangs"), "name", "texts"),
        Column(_("Zone"), "zone"),
    ),
    search=("name",),
    order=("pk",),
    prints="desks:setup_spot_codes",
    about=_(
        "Who reads one with a phone stands in the hall: there one takes a number and says that one "
        "has come. Archive a code that was photographed and passed on, and hang up a new one."
    ),
)
TOPICS = Sheet(
    name="topics",
    title=_("Topics of questions"),
    one=_("New topic"),
    icon="message-circle-question-mark",
    form=TopicForm,
    rows=lambda hall: hall.topics.all(),
    blank=lambda hall: Topic(hall=hall),
    columns=(
        Column(_("What people ask about"), "name", "texts"),
        Column(_("Where they are sent on to"), "sent_to", "texts"),
    ),
    search=("name",),
    about=_("What guides count with one tap: questions of people who need no number."),
)


EXCEPTIONS = Sheet(
    name="exceptions",
    title=_("Exceptions from the queue rules"),
    one=_("New exception"),
    icon="split",
    form=RuleExceptionForm,
    rows=lambda hall: hall.rule_exceptions.select_related("service"),
    blank=lambda hall: RuleException(hall=hall),
    columns=(
        Column(_("Kind of window"), "get_kind_display"),
        Column(_("Service"), "service"),
        Column(_("Promised wait, minutes"), "wait_target_min", "figure"),
        Column(_("Wrap-up, seconds"), "wrap_up_s", "figure"),
        Column(_("Set aside, minutes"), "park_min", "figure"),
    ),
    filters=("kind",),
    order=("service", "kind", "pk"),
    restore=retire.restore_exception,
    about=_("What holds for a kind of window, or for a service, otherwise than in the whole hall."),
)


@cache
def parts() -> tuple[Part, ...]:
    """Return all sheets, as the first page shows them."""
    kinds = import_string(settings.POLICIES)
    by_hours = {HoursPolicy: Can.SET_HOURS}
    settled = [rules(kind, RulesForm, by_hours.get(kind, Can.SET_UP)) for kind in kinds]
    return (
        Part(_("The hall"), (HALL, ORGANISATION, DEPARTMENTS)),
        Part(_("The floor"), (ZONES, WINDOWS, SPOTS, CHECKS, TOPICS)),
        Part(_("What it offers"), (SERVICES, GROUPS, MATERIALS, CONDITIONS)),
        Part(_("When it opens, what it tells"), (HOURS, SPECIAL_DAYS, ANNOUNCEMENTS, WORDINGS)),
        Part(_("Rules"), (settled[0], EXCEPTIONS, *settled[1:])),
    )


def sheet_named(name: str) -> Sheet:
    """Return a sheet by what stands for it in an address. Raise NotFound."""
    for part in parts():
        for sheet in part.sheets:
            if sheet.name == name:
                return sheet
    raise NotFound
