"""Appointments and numbers from afar: asked for on the hall's pages, checked in on the spot."""

from django.urls import path

from onewindow.public.views import afar, booking, kiosk

KIOSK = "k/<str:token>/appointment/"
HALL = "h/<slug:hall>/"
SPOT = HALL + "q/<str:spot>/appointment/"

urlpatterns = [
    path(KIOSK, kiosk.appointment, name="kiosk_appointment"),
    path(KIOSK + "check-in/", kiosk.check_in, name="kiosk_check_in"),
    path(HALL + "appointments/", booking.offered, name="appointments"),
    path(HALL + "appointments/<str:code>/", booking.choose, name="book"),
    path(HALL + "appointments/<str:code>/book/", booking.book, name="book_now"),
    path(HALL + "a/<str:token>/", booking.mine, name="appointment"),
    path(HALL + "a/<str:token>/change/", booking.change, name="appointment_change"),
    path(HALL + "a/<str:token>/cancel/", booking.cancel, name="appointment_cancel"),
    path(HALL + "service/<str:code>/from-afar/", afar.take, name="afar_take"),
    path(HALL + "q/<str:spot>/here/", afar.here, name="spot_here"),
    path(SPOT, booking.arrived, name="spot_appointment"),
    path(SPOT + "check-in/", booking.check_in, name="spot_check_in"),
]
