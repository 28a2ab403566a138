"""The addresses of appointments: booked on the hall's pages, checked in at kiosk and spot."""

from django.urls import path

from onewindow.public.views import booking, kiosk

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
    path(SPOT, booking.arrived, name="spot_appointment"),
    path(SPOT + "check-in/", booking.check_in, name="spot_check_in"),
]
