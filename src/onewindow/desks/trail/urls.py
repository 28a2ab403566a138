"""Addresses of the history, below ``/s/<hall>/trail/``."""

from django.urls import path

from onewindow.desks.trail import views

urlpatterns = [
    path("", views.page, name="trail"),
    path("<int:number>/", views.entry, name="trail_entry"),
    path("verify", views.verify, name="trail_verify"),
    path("verified/", views.verified, name="trail_verified"),
    path("export", views.export, name="trail_export"),
    path("exported/<int:number>/", views.exported, name="trail_file"),
]
