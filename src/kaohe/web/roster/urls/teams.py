"""Addresses about village teams."""

from __future__ import annotations

from django.urls import path

from kaohe.web.roster.views import teams as views

urlpatterns = [
    path("teams/", views.teams, name="teams"),
    path("teams/export/", views.teams_export, name="teams-export"),
    path("teams/add/", views.team_add, name="team-add"),
    path("teams/<int:pk>/", views.team, name="team"),
    path("teams/<int:pk>/edit/", views.team_edit, name="team-edit"),
    path("teams/<int:pk>/members/add/", views.member_add, name="member-add"),
    path("teams/<int:pk>/leader/", views.team_leader, name="team-leader"),
    path("members/<int:pk>/end/", views.member_end, name="member-end"),
]
