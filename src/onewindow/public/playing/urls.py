"""What one may do from the demonstration's first page, below ``/demo/``."""

from django.urls import path

from onewindow.public.views import front

urlpatterns = [
    path("demo/now/", front.now, name="front_now"),
    path("demo/join/<str:role>/", front.join, name="join"),
    path("demo/control/", front.control, name="control"),
    path("demo/happens/<slug:what>/", front.happen, name="happen"),
]
