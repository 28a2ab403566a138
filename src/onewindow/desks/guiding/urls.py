"""Addresses of the guide desk, below ``/s/<hall>/guide/``."""

from django.urls import path

from onewindow.desks.views import guide, helping

urlpatterns = [
    path("", guide.page, name="guide"),
    path("take", guide.take, name="guide_take"),
    path("back/<int:ticket>", guide.back, name="guide_back"),
    path("fetch/<int:ticket>", guide.fetch, name="guide_fetch"),
    path("group/<str:tickets>/", guide.group, name="guide_group"),
    path("group/<str:tickets>/print", guide.print_group, name="guide_group_print"),
    path("papers/", guide.papers, name="guide_papers"),
    path("questions/", helping.questions, name="guide_questions"),
    path("questions/<int:topic>/<slug:how>", helping.count, name="guide_count"),
    path("questions/back", helping.uncount, name="guide_uncount"),
    path("help/", helping.page, name="guide_help"),
    path("help/given", helping.give, name="guide_give"),
]
