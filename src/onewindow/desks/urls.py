"""The staff's pages: where my role works, the desk and its strip, the duty board."""

from django.urls import include, path

from onewindow.desks.views import (
    appointments,
    board,
    closing,
    desk,
    helping,
    home,
    opening,
    paper_day,
    window_pc,
)

app_name = "desks"

HALL = "s/<slug:hall>/"

urlpatterns = [
    path("pc/<str:token>/", window_pc.page, name="window_pc"),
    path("pc/<str:token>/who/", window_pc.who, name="window_pc_who"),
    path("pc/<str:token>/in", window_pc.come_in, name="window_pc_in"),
    path("s/", home.halls, name="home"),
    path(HALL, home.hall, name="hall"),
    path(HALL + "desk/", desk.desk, name="desk"),
    path(HALL + "desk/open", desk.open_window, name="open"),
    path(HALL + "desk/keys", desk.keys, name="keys"),
    path(HALL + "desk/strip/", desk.strip, name="strip"),
    path(HALL + "board/", board.board, name="board"),
    path(HALL + "board/now/", board.now, name="board_now"),
    path(HALL + "board/windows/<str:label>/", board.at_window, name="board_at"),
    path(HALL + "board/windows/<str:label>/call-back", board.call_back, name="call_back"),
    path(HALL + "board/windows/<str:label>/<slug:verb>", board.window, name="board_window"),
    path(HALL + "board/back/<int:ticket>", board.bring_back, name="bring_back"),
    path(HALL + "board/open", opening.open_hall, name="open_hall"),
    path(HALL + "board/close/", closing.page, name="close"),
    path(HALL + "board/close/now", closing.close_hall, name="close_hall"),
    path(HALL + "board/close/<int:ticket>", closing.ticket, name="close_ticket"),
    path(HALL + "appointments/", appointments.page, name="appointments"),
    path(HALL + "appointments/<str:code>/check-in", appointments.check_in, name="check_in"),
    path(HALL + "guide/", include("onewindow.desks.guiding.urls")),
    path(HALL + "board/help/", helping.confirming, name="help"),
    path(HALL + "board/help/<int:help>/confirm", helping.confirm, name="help_confirm"),
    path(HALL + "outage/", paper_day.outage, name="outage"),
    path(HALL + "outage/<int:interrupted>/settle", paper_day.settle, name="outage_settle"),
    path(HALL + "board/paper-day/", paper_day.kit, name="paper_kit"),
    path(HALL + "board/paper-day/enter/", paper_day.enter, name="paper_enter"),
    path(HALL + "board/opening/", opening.page, name="opening"),
    path(HALL + "board/checks/<int:check>/<slug:how>", opening.check, name="check"),
    path(HALL + "board/papers/left", opening.left, name="left"),
    path(HALL + "board/papers/left/<int:paper>/back", opening.given_back, name="given_back"),
    path(HALL + "setup/", include("onewindow.desks.setup.urls")),
    path(HALL + "trail/", include("onewindow.desks.trail.urls")),
    path(HALL + "tickets/<int:ticket>/print/", desk.print_ticket, name="print"),
    path(HALL + "tickets/<int:ticket>/reprint", desk.print_on, name="print_on"),
]
