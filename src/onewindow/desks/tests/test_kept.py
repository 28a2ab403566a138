"""The duty board says how well yesterday's visitors were told their wait."""

from collections.abc import Callable

from onewindow.accounts.models import User
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.floor.models import Window
from onewindow.tickets import actions
from tests.fixtures.guards import GuardedClient
from tests.fixtures.queue import Take
from tests.fixtures.world import Clock


def test_the_board_says_it_when_enough_came(
    browser_for: Callable[..., GuardedClient],
    duty_manager: User,
    hall: Hall,
    open_window: Window,
    take: Take,
    by: By,
    clock: Clock,
) -> None:
    manager = browser_for(duty_manager)
    address = f"/s/{hall.slug}/board/"
    for _one in range(20):
        take()
        called = actions.call_next(window=open_window, by=by)
        assert called is not None
        actions.leave(ticket=called, by=by)
    assert "in the time we told them" not in manager.get(address).content.decode()
    clock.forward(days=1)
    page = browser_for(duty_manager).get(address).content.decode()
    assert "Yesterday 20 of 20 were served in the time we told them." in page
