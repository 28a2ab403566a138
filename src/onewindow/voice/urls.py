"""The addresses of the voice: what a display asks, ``/d/<token>/voice/``."""

from django.urls import path

from onewindow.voice import views

app_name = "voice"
DISPLAY = "d/<str:token>/voice/"

urlpatterns = [
    path(DISPLAY, views.talk, name="talk"),
    path(DISPLAY + "<str:digest>/", views.clip, name="clip"),
]
