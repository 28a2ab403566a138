"""The visitors' addresses: the front page, kiosk /k, displays /d and /w, phone /t, hall /h."""

from django.urls import include, path

from onewindow.public.views import (
    authority,
    displays,
    front,
    kiosk,
    pairing,
    phone,
    site,
)

app_name = "public"
KIOSK = "k/<str:token>/"
HALL, SPOT = "h/<slug:hall>/", "h/<slug:hall>/q/<str:spot>/"

urlpatterns = [
    path("", front.front, name="front"),
    path("", include("onewindow.public.playing.urls")),
    path("authority/", authority.page, name="authority"),
    path("authority/onewindow-authority.crt", authority.file, name="authority_file"),
    path(KIOSK, kiosk.home, name="kiosk"),
    path(KIOSK + "alive/", kiosk.alive, name="kiosk_alive"),
    path(KIOSK + "find/", kiosk.find, name="kiosk_find"),
    path(KIOSK + "group/<str:code>/", kiosk.group, name="kiosk_group"),
    path(KIOSK + "service/<str:code>/", kiosk.service, name="kiosk_service"),
    path(KIOSK + "service/<str:code>/take/", kiosk.take, name="kiosk_take"),
    path(KIOSK + "unsure/", kiosk.unsure, name="kiosk_unsure"),
    path(KIOSK + "number/<str:visit>/", kiosk.ticket, name="kiosk_ticket"),
    path(KIOSK + "number/<str:visit>/printing/", kiosk.printing, name="kiosk_printing"),
    path(KIOSK + "guide/", kiosk.guide, name="kiosk_guide"),
    path(KIOSK + "guide/call/", kiosk.call_guide, name="kiosk_guide_call"),
    path(KIOSK + "guide/here/", kiosk.guide_here, name="kiosk_guide_here"),
    path("", include("onewindow.public.booking.urls")),
    path("", include("onewindow.public.installed.urls")),
    path(KIOSK + "<path:rest>", kiosk.nothing, name="kiosk_nothing"),
    path("d/<str:token>/", displays.display, name="display"),
    path("d/<str:token>/now/", displays.display_now, name="display_now"),
    path("w/<str:token>/", displays.window, name="window_display"),
    path("w/<str:token>/now/", displays.window_now, name="window_display_now"),
    path("w/<str:token>/face/<slug:name>.jpg", displays.face, name="window_face"),
    path("pair/", pairing.page, name="pair"),
    path("pair/now/", pairing.now, name="pair_now"),
    path("t/<str:token>/", phone.page, name="phone"),
    path("t/<str:token>/now/", phone.now, name="phone_now"),
    path("t/<str:token>/help/<int:help>/", phone.confirm_help, name="phone_help"),
    path("t/<str:token>/<int:ticket>/<str:verb>/", phone.act, name="phone_act"),
    path(HALL, site.hall, name="hall"),
    path(HALL + "reached/<str:code>/", phone.reached, name="reached"),
    path(HALL + "service/<str:code>/", site.service, name="service"),
    path(HALL + "service/<str:code>/papers/", site.papers, name="service_papers"),
    path(SPOT, site.spot, name="spot"),
    path(SPOT + "service/<str:code>/", site.spot_service, name="spot_service"),
    path(SPOT + "service/<str:code>/take/", site.take, name="spot_take"),
]
