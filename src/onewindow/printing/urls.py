"""Addresses of printing, below ``/s/<hall>/printing/``."""

from django.urls import path

from onewindow.printing import views

app_name = "printing"

urlpatterns = [
    path("", views.printers, name="printers"),
    path("<int:number>/test", views.test_page, name="test_page"),
    path("<int:number>/paper", views.paper, name="paper"),
    path("kiosks/<int:number>", views.prints_on, name="prints_on"),
]
