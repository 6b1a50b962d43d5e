"""Addresses about people and their posts."""

from __future__ import annotations

from django.urls import path

from kaohe.web.roster.views import people, personal, posts

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/export/", people.people_export, name="people-export"),
    path("people/add/", people.person_add, name="person-add"),
    path("people/lookup/", personal.person_lookup, name="person-lookup"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.person_edit, name="person-edit"),
    path("people/<int:pk>/numbers/", personal.person_reveal, name="person-reveal"),
    path("posts/add/", posts.post_add, name="post-add"),
    path("posts/<int:pk>/end/", posts.post_end, name="post-end"),
]
