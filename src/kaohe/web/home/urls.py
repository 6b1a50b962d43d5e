"""Addresses of the first page and the help."""

from __future__ import annotations

from django.urls import URLPattern, path

from kaohe.web.home import views

home: list[URLPattern] = [path("", views.home, name="home")]
help_pages: list[URLPattern] = [
    path("", views.help_index, name="index"),
    path("<slug:name>/", views.help_page, name="page"),
]
