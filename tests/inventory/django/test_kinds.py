from __future__ import annotations

import pytest
from tests.inventory.django.trees import MODELS as MODELS_PY
from tests.inventory.django.trees import VIEWS, Files, modules_of

from relayout.inventory.django.classes import Classes
from relayout.inventory.django.kinds import MODELS, OTHER, TESTS, Kind, Known, kind_of


def kind(code: str, path: str = "shop/part.py", others: Files | None = None) -> Kind | None:
    modules = modules_of({path: code, **(others or {})})
    return kind_of(path, modules, Classes(modules), Known(apps={"shop"}))


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("urlpatterns = []", "it maps addresses to views"),
        ("from django.urls import path\nmore = [path('', f)]", "it maps addresses to views"),
        ("from rest_framework.routers import DefaultRouter\nrouter = DefaultRouter()",
         "it maps addresses to views"),
        ("from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()",
         "it makes the application that a web server runs"),
        ("from django.core.asgi import get_asgi_application as make\napplication = make()",
         "it makes the application that a web server runs"),
        ("from django.db import migrations\nclass Migration(migrations.Migration): pass",
         "it is a migration"),
        ("from django.contrib import admin\nadmin.site.register(Order)",
         "it is of the admin site"),
        ("from django.contrib.admin import register\n@register(Order)\ndef f(): pass",
         "it is of the admin site"),
        ("from django.contrib import admin\nclass A(admin.ModelAdmin): pass",
         "A is a django.contrib.admin.ModelAdmin"),
        ("from django.apps import AppConfig\nclass A(AppConfig): pass", "A configures an app"),
        ("from django import forms\nclass F(forms.Form): pass", "F is a django.forms.Form"),
        ("from django.views.generic import ListView\nclass V(ListView): pass",
         "V is a django.views.generic.ListView"),
        ("from rest_framework import serializers as s\nclass A(s.Serializer): pass",
         "A is a rest_framework.serializers.Serializer"),
        (VIEWS, "index takes a request"),
        ("from rest_framework.decorators import api_view\n@api_view(['GET'])\ndef orders(r): pass",
         "orders takes a request"),
        ("from django.utils.deprecation import MiddlewareMixin\n"
         "from django.http import HttpResponse\n"
         "class M(MiddlewareMixin):\n    def process_request(self, request): pass",
         "process_request takes a request"),
        ("from django import template\nregister = template.Library()",
         "it makes a library of template tags"),
        ("from celery import Celery as C\napp = C()\napp.config_from_object('django.conf:x')",
         "it configures Celery from the settings of Django"),
        ("from django.shortcuts import render", "it is an empty part of an app"),
        ("", "it is an empty part of an app"),
    ],
)  # fmt: skip
def test_what_only_django_can_run(code: str, reason: str) -> None:
    found = kind(code)
    assert found is not None
    assert found.reason == reason
    assert found.sure


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (MODELS_PY, "Order is a model"),
        (f"{MODELS_PY}\ndef load(): pass\nclass Service: pass", "Order is a model"),
        (f"{VIEWS}{MODELS_PY}", "Order is a model"),
        ("from django.db import models\nclass M(models.Manager): pass",
         "M is part of the models: a django.db.models.Manager"),
        ("from django.db.models import CharField\nclass F(CharField): pass",
         "F is part of the models: a django.db.models.CharField"),
    ],
)  # fmt: skip
def test_models_and_what_belongs_to_them(code: str, reason: str) -> None:
    assert kind(code) == Kind(MODELS, reason)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("from django.http import JsonResponse\ndef f(): return JsonResponse({})",
         "it uses django.http.JsonResponse"),
        ("from django.shortcuts import get_object_or_404\ndef f(): pass\ndef g(): pass",
         "it uses django.shortcuts.get_object_or_404"),
        ("from django.http import Http404\ndef a(x): ...\ndef b(x): ...\ndef c(request): ...",
         "c takes a request"),
        ("from django.core.signing import Signer\nclass S(Signer): pass",
         "S is a django.core.signing.Signer"),
        ("from rest_framework.exceptions import APIException\nclass E(APIException): pass",
         "E is a rest_framework.exceptions.APIException"),
        ("from django.dispatch import receiver\n@receiver(saved)\ndef f(sender): pass",
         "it receives signals"),
        ("from django.db.models.signals import post_save\npost_save.connect(f)",
         "it receives signals"),
        ("from django.test import RequestFactory\ndef f(): return RequestFactory()",
         "it tests with django.test.RequestFactory"),
    ],
)  # fmt: skip
def test_what_goes_with_jobs_that_need_it(code: str, reason: str) -> None:
    assert kind(code) == Kind(TESTS if "it tests" in reason else OTHER, reason, sure=False)


@pytest.mark.parametrize(
    "code",
    [
        "import csv\ndef load(): pass",
        "from django.conf import settings\ndef load(): return settings.DATA",
        "from django.core.management.base import BaseCommand\nclass Loud(BaseCommand): pass",
        "from django.core.management import call_command\ndef f(): call_command('load')",
        "from django.utils import timezone\ndef f(): return timezone.now()",
        "from django.db import connection, transaction\ndef f(): connection.cursor()",
        "from django.db.models import Q, Sum\nfrom shop.models import Order\ndef f(): pass",
        "from django.db.models import TextChoices\nclass State(TextChoices):\n    NEW = 'new'",
        "from django.db import IntegrityError\nclass Twice(IntegrityError): pass",
        "from django.core.exceptions import ValidationError\nclass Wrong(ValidationError): pass",
        "from django.urls import reverse\ndef f(): return reverse('x')",
        "from django.template.loader import render_to_string\ndef f(): render_to_string('x')",
        "from django.core.mail import send_mail\ndef f(): send_mail()",
        "from django.dispatch import Signal\nloaded = Signal()",
        "import django\ndjango.setup()\nfrom shop.models import Order",
        "def handler(request): return request.body",
        "from celery import shared_task\n@shared_task\ndef load(): pass",
        "from sqlalchemy import Column\nclass Order(Base):\n    total = Column()",
        "import boto3\nclass Command:\n    pass",
        "class Model: pass\nclass Order(Model): pass",
    ],
)
def test_what_works_without_the_framework(code: str) -> None:
    assert kind(code, others={"shop/models.py": MODELS_PY}) is None


@pytest.mark.parametrize(
    ("code", "needed"),
    [
        ("from django.test import TestCase\nclass T(TestCase): pass", "django.test.TestCase"),
        ("import pytest\n@pytest.mark.django_db\ndef test_it(): pass", "pytest.mark.django_db"),
        ("def test_it(admin_client): pass", "the fixture admin_client"),
        ("import django\ndjango.setup()", "django"),
        ("from rest_framework.test import APIClient", "rest_framework.test.APIClient"),
        ("from factory.django import DjangoModelFactory as F\nclass A(F): pass",
         "factory.django.DjangoModelFactory"),
    ],
)  # fmt: skip
def test_tests_that_need_django(code: str, needed: str) -> None:
    assert kind(code, "shop/tests/test_it.py") == Kind(TESTS, f"it tests with {needed}")


@pytest.mark.parametrize(
    "code",
    [
        "from shop.load import load\ndef test_it(): load()",
        "from django.core.management import call_command\ndef test_it(): call_command('load')",
        "import pytest\n@pytest.fixture\ndef db(): pass\ndef test_it(db): pass",
        "def test_it(settings, client): pass",
    ],
)
def test_tests_that_do_not(code: str) -> None:
    assert kind(code, "tests/test_it.py") is None
