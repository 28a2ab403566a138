"""The addresses of the catalogue: blank forms and filled samples."""

from django.urls import path

from onewindow.catalogue import views

app_name = "catalogue"

urlpatterns = [path("h/<slug:hall>/forms/<str:digest>/", views.form, name="form")]
