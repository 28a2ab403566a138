"""Addresses of a hall's people and their roles."""

from django.urls import path

from onewindow.accounts.views import people as views
from onewindow.accounts.views import roles

PEOPLE = "s/<slug:hall>/people/"
PERSON = f"{PEOPLE}<int:number>/"
people = [
    path(PEOPLE, views.people, name="people"),
    path(f"{PEOPLE}new", views.new, name="person_new"),
    path(PERSON, views.person, name="person"),
    path(f"{PERSON}password", views.password, name="person_password"),
    path(f"{PERSON}pin", views.pin, name="person_pin"),
    path(f"{PERSON}badge", views.badge, name="person_badge"),
    path(f"{PERSON}photo", views.photo, name="person_photo"),
    path(f"{PERSON}photo/<slug:name>.jpg", views.face, name="person_face"),
    path(f"{PERSON}unlock", views.unlock, name="person_unlock"),
    path(f"{PERSON}activity", views.activity, name="person_activity"),
    path(f"{PERSON}history", views.history, name="person_history"),
    path(f"{PERSON}roles", roles.give, name="role_give"),
    path(f"{PERSON}roles/<int:membership>/take", roles.take, name="role_take"),
]
