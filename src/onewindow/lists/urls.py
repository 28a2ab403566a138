"""The pages of lists, under ``/s/<hall>/lists/``."""

from django.urls import path

from onewindow.lists import views

app_name = "lists"
urlpatterns = [
    path("import/<int:number>/", views.brought, name="import"),
    path("import/<int:number>/progress", views.progress, name="progress"),
    path("import/<int:number>/write", views.want, name="want"),
    path("import/<int:number>/undo", views.undo, name="undo"),
    path("import/<int:number>/passwords", views.passwords, name="passwords"),
    path("file/<int:number>.xlsx", views.file, name="file"),
    path("<slug:kind>/", views.page, name="page"),
    path("<slug:kind>/bring", views.bring, name="bring"),
    path("<slug:kind>/ask", views.ask, name="ask"),
    path("<slug:kind>/csv", views.as_csv, name="csv"),
    path("<slug:kind>/files", views.files, name="files"),
]
