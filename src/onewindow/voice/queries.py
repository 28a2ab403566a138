"""What a display is to say: worked out from the calls of the last minutes, each time anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from onewindow.accounts.models import Device
from onewindow.accounts.queries import devices
from onewindow.accounts.states import DeviceKind
from onewindow.alerts.queries import emergency
from onewindow.alerts.states import EmergencyKind
from onewindow.base import clocks
from onewindow.base.halls.memory import remembered
from onewindow.base.halls.models import Hall
from onewindow.base.halls.texts import own_name
from onewindow.base.web.refused import NotFound
from onewindow.catalogue.queries import services
from onewindow.floor.queries import windows, zones
from onewindow.tickets import queries as tickets
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import FETCHED, State
from onewindow.voice import rules, words
from onewindow.voice.models import Clip, Speaker
from onewindow.voice.states import LANGUAGES_SAID

LOOKS_BACK = timedelta(minutes=4)
JOINT_S = 0.03  # between two clips
LATE_S = 2.0  # a display that hears of an announcement so late still begins it


@dataclass(frozen=True)
class Line:
    """One sentence in one language; ``clips`` are the files to play where all of them exist."""

    language: str
    text: str
    clips: tuple[Clip, ...]

    @property
    def seconds(self) -> float:
        """How long it takes."""
        if self.clips:
            return sum(clip.ms / 1000 + JOINT_S for clip in self.clips)
        return rules.spoken_s(self.text)


@dataclass(frozen=True)
class Announced:
    """A call with its sentences."""

    call: rules.Call
    whole: tuple[Line, ...]
    short: tuple[Line, ...]


@dataclass(frozen=True)
class Talk:
    """What a display says from now on, in order."""

    coming: list[tuple[rules.Said, Announced]]
    warning: tuple[Line, ...]  # while the hall is to be left: again and again


@remembered
def clips(hall: Hall) -> Mapping[tuple[str, str], Clip]:
    """Return what the hall has recorded, by language and word."""
    return {(clip.language, clip.word): clip for clip in Clip.objects.filter(hall=hall)}


@remembered
def to_record(hall: Hall, language: str) -> Mapping[str, str]:
    """Return the words that the hall's own numbers and windows need in a language."""
    series = {service.draws for service in services(hall)}
    return words.to_record([*series, *(window.label for window in windows(hall))], language)


@dataclass(frozen=True)
class Set:
    """The recorded words of a language, with those that lack."""

    language: str
    rows: list[tuple[str, str, Clip | None]]  # word, what is spoken, its clip

    @property
    def language_name(self) -> str:
        """What the language calls itself."""
        return own_name(self.language)

    @property
    def recorded(self) -> int:
        """How many words are there."""
        return sum(1 for _word, _text, clip in self.rows if clip)


def sets(hall: Hall) -> list[Set]:
    """Return the recordings of a hall, language by language. From memory."""
    kept, found = clips(hall), []
    for tag in hall.languages or [hall.language]:
        wanted = to_record(hall, tag).items()
        found.append(Set(tag, [(word, text, kept.get((tag, word))) for word, text in wanted]))
    return found


def display_of(hall: Hall, pk: int) -> Device:
    """Return a hall display of this hall. Raise NotFound."""
    found = next((one for one in displays(hall) if one.pk == pk), None)
    if found is None:
        raise NotFound
    return found


def displays(hall: Hall) -> list[Device]:
    """Return the hall displays in use, the oldest first, with how and for what they speak."""
    rows = devices(hall).filter(kind=DeviceKind.HALL_DISPLAY).order_by("pk")
    return list(rows.select_related("speaker").prefetch_related("place__zones"))


def speaker_of(device: Device) -> Speaker:
    """Return how a display speaks, as it was set or as it comes."""
    return getattr(device, "speaker", None) or Speaker(device=device)


def speaker_now(device: Device) -> Speaker:
    """Return how a display speaks, from the database."""
    speaker = Speaker.objects.filter(device=device).first() or Speaker(device=device)
    speaker.device = device  # with its hall
    return speaker


def spoken_for(hall: Hall, shown: Iterable[Device]) -> dict[int, frozenset[int]]:
    """Return the ids of the zones that each of the hall's displays speaks for."""
    may = {one.pk: _zones(one) for one in shown if speaker_of(one).speaks}
    return rules.speakers([zone.pk for zone in zones(hall)], may)


def _zones(device: Device) -> frozenset[int]:
    place = getattr(device, "place", None)
    return frozenset(zone.pk for zone in place.zones.all()) if place else frozenset()


def talk(speaker: Speaker) -> Talk:
    """Return what a display is to say now and next. Nothing is, where another one speaks."""
    hall, now = speaker.device.hall, clocks.now()
    here = spoken_for(hall, displays(hall)).get(speaker.device_id, frozenset())
    standing = emergency(hall) if here else None
    if standing:
        return Talk([], _warning(hall) if standing.kind == EmergencyKind.EVACUATE else ())
    quiet = rules.is_quiet(
        now.astimezone(hall.zone).time(), speaker.quiet_from, speaker.quiet_until
    )
    if not here or quiet:
        return Talk([], ())
    spoken = [*announced(hall, here, now), *_sample(hall, speaker.sampled_at)]
    found = {one.call.key: one for one in spoken}
    line = rules.timeline(one.call for one in found.values())
    since = now.timestamp() - LATE_S
    return Talk([(said, found[said.call.key]) for said in line if said.begins > since], ())


def announced(hall: Hall, here: frozenset[int], now: datetime) -> list[Announced]:
    """Return the calls of the last minutes in some zones. Three queries."""
    since = now - LOOKS_BACK
    labels = {one.pk: one.label for one in windows(hall) if one.zone_id in here}
    rows: dict[int, Ticket] = {}
    for some in (
        tickets.called_now(hall).filter(state=State.CALLED),
        tickets.called_now(hall).filter(state=State.SERVING, changed_at__gte=since),
        tickets.ended_since(hall, since),
        tickets.missed(hall).filter(changed_at__gte=since),
    ):
        rows |= {one.pk: one for one in some if one.window_id in labels}
    return [
        _announced(hall, ticket, at, labels[ticket.window_id or 0])
        for ticket in rows.values()
        for at in (ticket.called_at, ticket.recalled_at)
        if at and at >= since and _by_voice(ticket)
    ]


def _by_voice(ticket: Ticket) -> bool:
    """Say whether a visitor is called aloud: not who stands there, nor whom a guide fetches."""
    return ticket.visit.channel != "desk" and not FETCHED.intersection(ticket.visit.needs)


def _announced(hall: Hall, ticket: Ticket, at: datetime, label: str) -> Announced:
    spoken = dict.fromkeys(tag for tag in (hall.language, ticket.visit.language) if tag)
    languages = list(spoken)[:LANGUAGES_SAID]
    whole = tuple(_line(hall, tag, words.whole(ticket.number, label, tag)) for tag in languages)
    short = (_line(hall, languages[0], words.short(ticket.number, label, languages[0])),)
    call = rules.Call(
        key=f"{ticket.pk}.{at.timestamp():.3f}",
        ticket=ticket.pk,
        at=at.timestamp(),
        whole_s=rules.CHIME_S + sum(line.seconds for line in whole),
        short_s=rules.CHIME_S + sum(line.seconds for line in short),
        over=_over(ticket, at),
    )
    return Announced(call, whole, short)


def _sample(hall: Hall, at: datetime | None) -> list[Announced]:
    """Return the sample that was asked for, in all that the hall speaks; it is no visitor's."""
    if at is None or at < clocks.now() - LOOKS_BACK:
        return []
    whole = tuple(sample_lines(hall))
    lasts = rules.CHIME_S + sum(line.seconds for line in whole)
    call = rules.Call(f"sample.{at.timestamp():.3f}", 0, at.timestamp(), lasts, lasts)
    return [Announced(call, whole, whole)]


def sample_lines(hall: Hall) -> list[Line]:
    """Return a call that is nobody's, in the languages in which the hall announces."""
    series = next(iter(sorted({one.draws for one in services(hall)})), "A")
    label = next((one.label for one in windows(hall)), "1")
    languages = hall.languages[:LANGUAGES_SAID] or [hall.language]
    return [_line(hall, tag, words.whole(f"{series}000", label, tag)) for tag in languages]


def _over(ticket: Ticket, at: datetime) -> float | None:
    """When a call was answered or taken back; None while the visitor is still called."""
    if ticket.state == State.CALLED:
        return None
    if ticket.started_at and ticket.started_at >= at:
        return ticket.started_at.timestamp()
    return ticket.changed_at.timestamp()


def _line(hall: Hall, language: str, spoken: words.Spoken) -> Line:
    recorded = clips(hall)
    found = [recorded.get((language, word)) for word in spoken.words]
    whole = tuple(clip for clip in found if clip is not None)
    return Line(language, spoken.text, whole if len(whole) == len(found) else ())


def _warning(hall: Hall) -> tuple[Line, ...]:
    """The call to leave, in the hall's two languages."""
    lines = []
    for language in hall.languages[:LANGUAGES_SAID] or [hall.language]:
        text = words.to_record((), language)[words.EVACUATE]
        lines.append(_line(hall, language, words.Spoken(text, (words.EVACUATE,))))
    return tuple(lines)
