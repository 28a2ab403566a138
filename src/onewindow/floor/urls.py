"""The floor's pages, under ``/s/<hall>/floor/``."""

from django.urls import path

from onewindow.floor import views

app_name = "floor"
urlpatterns = [
    path("devices/", views.health, name="health"),
    path("devices/<int:pk>/reload", views.reload, name="reload"),
    path("devices/<int:pk>/place/", views.place, name="place"),
]
