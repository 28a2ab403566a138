"""What the simulation tells of the hall's refusals."""

from random import Random

import httpx

from onewindow.simulator.engine import Day, Engine, Post
from onewindow.simulator.ports import ApiPort
from onewindow.simulator.rules import Offered
from onewindow.simulator.run import done

PROBLEM = "application/problem+json"
SHUT = {"title": "Window 5 is not open.", "status": 409}
SHAPE = {"title": "Wrong.", "status": 422, "errors": [{"field": "needs", "problem": "Too many."}]}


def hall_that_refuses(request: httpx.Request) -> httpx.Response:
    """A hall that opens no window and understands no visitor."""
    said = SHAPE if request.url.path.endswith("/tickets") else SHUT
    return httpx.Response(int(str(said["status"])), json=said, headers={"Content-Type": PROBLEM})


def test_each_refusal_is_said_with_how_often_it_came() -> None:
    port = ApiPort("http://hall", "east-lake", "key")
    port.http = httpx.Client(
        base_url="http://hall", transport=httpx.MockTransport(hall_that_refuses)
    )
    posts = [Post("5", "", frozenset("A")), Post("6", "", frozenset("A"))]
    day = Day(0, 86400, [Offered("A", 480, 1)], posts)
    engine = Engine(port, day, Random(1))  # noqa: S311 (a simulation)
    engine.begin(3600)

    while engine.refusals < 3:
        engine.step()

    assert done(engine) == [
        "0 numbers taken, 3 refusals",
        "     2 × 409 Window 5 is not open.",
        "     1 × 422 Wrong. needs: Too many.",
    ]
