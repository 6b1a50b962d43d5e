"""Addresses about projects."""

from __future__ import annotations

from django.urls import path

from kaohe.web.fieldwork.views import projects as views
from kaohe.web.fieldwork.views import projects_progress as progress

urlpatterns = [
    path("projects/", views.projects, name="projects"),
    path("projects/export/", views.projects_export, name="projects-export"),
    path("projects/overview/", views.projects_overview, name="projects-overview"),
    path("projects/waiting/", progress.projects_waiting, name="projects-waiting"),
    path("projects/add/", views.project_add, name="project-add"),
    path("projects/<int:pk>/", views.project, name="project"),
    path("projects/<int:pk>/edit/", views.project_edit, name="project-edit"),
    path("projects/<int:pk>/remove/", views.project_remove, name="project-remove"),
    path("projects/<int:pk>/upkeep/", views.project_upkeep, name="project-upkeep"),
    path("projects/<int:pk>/progress/", progress.project_progress, name="project-progress"),
    path("projects/<int:pk>/check/", progress.project_check, name="project-check"),
    path("projects/progress/<int:pk>/", progress.progress_decide, name="progress-decide"),
]
