"""The floor's API: the hall, and who stands at which window."""

from django.http import HttpResponse
from ninja import Router

from onewindow.accounts.access import Can
from onewindow.accounts.keys import needs_key
from onewindow.accounts.requests import Entered
from onewindow.base.web.answers import answer
from onewindow.base.web.once import once
from onewindow.floor import actions, answers
from onewindow.floor.queries import window_by_label
from onewindow.floor.schemas import HallOut, Problem, SessionOut, WindowIn
from onewindow.floor.states import PauseReason

router = Router(tags=["floor"])
REFUSALS = {401: Problem, 403: Problem, 404: Problem}
CHANGED = {200: SessionOut, 409: Problem, 422: Problem} | REFUSALS


@router.get("/halls/{hall}", response={200: HallOut} | REFUSALS, summary="The hall")
@needs_key(Can.SEE_HALL)
def hall(request: Entered, hall: str) -> HttpResponse:
    """What the hall offers, at which windows, and whether it is open."""
    return answer(200, answers.hall(request.hall))


@router.post("/halls/{hall}/windows/{label}/pause", response=CHANGED, summary="Pause a window")
@needs_key(Can.RUN_WINDOWS)
@once
def pause(request: Entered, hall: str, label: str, body: WindowIn | None = None) -> HttpResponse:
    """Pause a window: who is there is served to the end, nobody new is called.

    ``reason``: break, paperwork, help, equipment; anything else counts as other.
    """
    body = body or WindowIn()
    known = body.reason in PauseReason.values
    session = actions.pause(
        window=window_by_label(request.hall, label),
        reason=PauseReason(body.reason) if known else PauseReason.OTHER,
        words="" if known else body.reason,
        until=body.until,
        by=request.by,
    )
    return answer(200, answers.session(session, request.hall))
