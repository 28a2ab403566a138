"""The pages of webhooks, under ``/s/<hall>/hooks/``."""

from django.urls import path

from onewindow.hooks import views

app_name = "hooks"
urlpatterns = [
    path("", views.hooks, name="hooks"),
    path("new", views.new, name="new"),
    path("<int:number>/", views.hook, name="hook"),
    path("<int:number>/secret", views.secret, name="secret"),
    path("<int:number>/test", views.test, name="test"),
    path("log/", views.log, name="log"),
    path("log/<int:number>/", views.delivery, name="delivery"),
    path("log/<int:number>/again", views.again, name="again"),
]
