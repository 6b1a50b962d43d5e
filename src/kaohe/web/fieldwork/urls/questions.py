"""Addresses about questions."""

from __future__ import annotations

from django.urls import path

from kaohe.web.fieldwork.views import questions as views

urlpatterns = [
    path("questions/", views.questions, name="questions"),
    path("questions/export/", views.questions_export, name="questions-export"),
    path("questions/look/", views.questions_look, name="questions-look"),
    path("questions/<int:pk>/", views.question, name="question"),
    path("questions/<int:pk>/explain/", views.question_explain, name="question-explain"),
    path("questions/<int:pk>/answer/", views.question_answer, name="question-answer"),
]
