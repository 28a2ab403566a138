"""The floor's API: the hall and its windows."""

from django.http import HttpResponse
from ninja import Router

from onewindow.accounts.access import Can
from onewindow.accounts.keys import needs_key
from onewindow.accounts.requests import Entered
from onewindow.base.web.answers import answer
from onewindow.floor import answers
from onewindow.floor.schemas import HallOut, Problem

router = Router(tags=["floor"])
REFUSALS = {401: Problem, 403: Problem, 404: Problem}


@router.get("/halls/{hall}", response={200: HallOut} | REFUSALS, summary="The hall")
@needs_key(Can.SEE_HALL)
def hall(request: Entered, hall: str) -> HttpResponse:
    """What the hall offers, at which windows, and whether it is open."""
    return answer(200, answers.hall(request.hall))
