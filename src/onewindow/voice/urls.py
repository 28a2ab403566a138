"""The addresses of the voice: what a display asks, and the staff's page."""

from django.urls import path

from onewindow.voice import views

app_name = "voice"
DISPLAY = "d/<str:token>/voice/"

HALL = "s/<slug:hall>/voice/"

urlpatterns = [
    path(DISPLAY, views.talk, name="talk"),
    path(DISPLAY + "made/<str:signed>/", views.made, name="made"),
    path(DISPLAY + "<str:digest>/", views.clip, name="clip"),
    path(HALL, views.page, name="page"),
    path(HALL + "record", views.record, name="record"),
    path(HALL + "sample/<str:signed>/", views.sample, name="sample"),
    path(HALL + "display/<int:number>/sample", views.let_say, name="let_say"),
    path(HALL + "clip/<str:digest>/", views.listen, name="listen"),
    path(HALL + "display/<int:number>", views.display, name="display"),
]
