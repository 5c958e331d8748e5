"""What is said of names of Django is what Django does while nothing has set it up."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from relayout.conversions.django.use_kinds import _AT_IMPORT, Needs, kind_of, used_name

USES = {
    "django.VERSION": "from django import VERSION",
    "django.apps.apps": "from django.apps import apps; apps.get_model('a', 'B')",
    "django.contrib.auth.authenticate": "from django.contrib.auth import authenticate as a; a()",
    "django.contrib.auth.get_user_model": (
        "from django.contrib.auth import get_user_model as g; g()"
    ),
    "django.contrib.auth.hashers.make_password": (
        "from django.contrib.auth.hashers import make_password as m; m('a')"
    ),
    "django.contrib.auth.models.User": "from django.contrib.auth.models import User",
    "django.contrib.auth.signals.user_logged_in": (
        "from django.contrib.auth.signals import user_logged_in as s; s.connect(print)"
    ),
    "django.contrib.contenttypes.models.ContentType": (
        "from django.contrib.contenttypes.models import ContentType"
    ),
    "django.contrib.sessions.models.Session": "from django.contrib.sessions.models import Session",
    "django.core.cache.cache": "from django.core.cache import cache; cache.get('a')",
    "django.core.checks.Error": "from django.core.checks import Error; str(Error('a'))",
    "django.core.exceptions.ImproperlyConfigured": (
        "from django.core.exceptions import ImproperlyConfigured; str(ImproperlyConfigured('a'))"
    ),
    "django.core.exceptions.ObjectDoesNotExist": (
        "from django.core.exceptions import ObjectDoesNotExist"
    ),
    "django.core.exceptions.ValidationError": (
        "from django.core.exceptions import ValidationError as V; str(V({'a': ['b']}))"
    ),
    "django.core.files.base.ContentFile": (
        "from django.core.files.base import ContentFile; ContentFile(b'a').read()"
    ),
    "django.core.files.File": (
        "import io; from django.core.files import File; File(io.BytesIO()).size"
    ),
    "django.core.files.storage.default_storage": (
        "from django.core.files.storage import default_storage as d; d.exists('a')"
    ),
    "django.core.files.storage.FileSystemStorage": (
        "from django.core.files.storage import FileSystemStorage as S; S('/tmp').exists('a')"
    ),
    "django.core.files.uploadedfile.SimpleUploadedFile": (
        "from django.core.files.uploadedfile import SimpleUploadedFile as S; S('a', b'x').read()"
    ),
    "django.core.mail.send_mail": (
        "from django.core.mail import send_mail as s; s('a', 'b', 'c', [])"
    ),
    "django.core.serializers.serialize": (
        "from django.core import serializers; serializers.serialize('json', [])"
    ),
    "django.core.serializers.json.DjangoJSONEncoder": (
        "import json; from django.core.serializers.json import DjangoJSONEncoder as E\n"
        "json.dumps({'a': 1}, cls=E)"
    ),
    "django.core.signing.dumps": "from django.core import signing; signing.dumps(1)",
    "django.core.validators.validate_email": (
        "from django.core.validators import validate_email as v\n"
        "try:\n    v('a')\nexcept ValueError:\n    pass\nexcept Exception as e:\n    str(e)"
    ),
    "django.db.connection": "from django.db import connection; connection.cursor()",
    "django.db.connections": "from django.db import connections; connections['default']",
    "django.db.transaction.atomic": (
        "from django.db import transaction\nwith transaction.atomic():\n    pass"
    ),
    "django.db.IntegrityError": "from django.db import IntegrityError; str(IntegrityError('a'))",
    "django.db.utils.OperationalError": "from django.db.utils import OperationalError",
    "django.db.models.Q": "from django.db.models import Q; Q(a=1) | ~Q(b=2)",
    "django.db.models.F": "from django.db.models import F; F('a') + 1",
    "django.db.models.Count": "from django.db.models import Count; Count('a')",
    "django.db.models.Sum": "from django.db.models import Sum; Sum('a')",
    "django.db.models.Prefetch": "from django.db.models import Prefetch; Prefetch('a')",
    "django.db.models.Value": "from django.db.models import Value; Value('a')",
    "django.db.models.Model": "from django.db import models\nclass A(models.Model): pass",
    "django.db.models.QuerySet": "from django.db.models import QuerySet; QuerySet()",
    "django.db.models.CharField": "from django.db.models import CharField; CharField()",
    "django.db.models.Window": "from django.db.models import Count, Window; Window(Count('a'))",
    "django.db.models.TextChoices": "from django.db.models import TextChoices; TextChoices.choices",
    "django.db.models.functions.Coalesce": (
        "from django.db.models.functions import Coalesce; Coalesce('a', 'b')"
    ),
    "django.db.models.functions.TruncDate": (
        "from django.db.models.functions import TruncDate; TruncDate('a')"
    ),
    "django.db.models.signals.post_save": (
        "from django.db.models.signals import post_save as p; p.connect(dict, weak=False)"
    ),
    "django.dispatch.Signal": (
        "from django.dispatch import Signal; s = Signal(); s.connect(dict, weak=False); s.send(1)"
    ),
    "django.http.HttpResponse": "from django.http import HttpResponse; HttpResponse('a')",
    "django.http.JsonResponse": "from django.http import JsonResponse; JsonResponse({})",
    "django.http.Http404": "from django.http import Http404; Http404()",
    "django.setup": "import django; django.setup()",
    "django.template.loader.render_to_string": (
        "from django.template.loader import render_to_string as r; r('a')"
    ),
    "django.template.defaultfilters.pluralize": (
        "from django.template.defaultfilters import pluralize; pluralize(2)"
    ),
    "django.template.defaultfilters.filesizeformat": (
        "from django.template.defaultfilters import filesizeformat as f; f(3)"
    ),
    "django.urls.reverse": "from django.urls import reverse; reverse('a')",
    "django.utils.crypto.get_random_string": (
        "from django.utils.crypto import get_random_string as g; g(3)"
    ),
    "django.utils.crypto.salted_hmac": (
        "from django.utils.crypto import salted_hmac as s; s('a', 'b')"
    ),
    "django.utils.dateparse.parse_duration": (
        "from django.utils.dateparse import parse_duration as p; p('3 days')"
    ),
    "django.utils.dateformat.format": (
        "import datetime; from django.utils.dateformat import format as f\n"
        "f(datetime.datetime(2024, 1, 1), 'Y-m-d')"
    ),
    "django.utils.encoding.force_str": "from django.utils.encoding import force_str as f; f(b'a')",
    "django.utils.formats.date_format": (
        "import datetime; from django.utils.formats import date_format as f\n"
        "f(datetime.date.today())"
    ),
    "django.utils.functional.SimpleLazyObject": (
        "from django.utils.functional import SimpleLazyObject as S; str(S(dict))"
    ),
    "django.utils.html.strip_tags": "from django.utils.html import strip_tags as s; s('<b>a')",
    "django.utils.http.urlencode": "from django.utils.http import urlencode; urlencode({'a': 1})",
    "django.utils.module_loading.import_string": (
        "from django.utils.module_loading import import_string as i; i('os.path.join')"
    ),
    "django.utils.safestring.mark_safe": (
        "from django.utils.safestring import mark_safe as m; m('a')"
    ),
    "django.utils.termcolors.colorize": (
        "from django.utils.termcolors import colorize as c; c('a', fg='red')"
    ),
    "django.utils.text.slugify": "from django.utils.text import slugify; slugify('A b')",
    "django.utils.text.Truncator": (
        "from django.utils.text import Truncator as T; T('a b').words(1)"
    ),
    "django.utils.timesince.timesince": (
        "import datetime; from django.utils.timesince import timesince as t\n"
        "t(datetime.datetime(2020, 1, 1))"
    ),
    "django.utils.timezone.now": "from django.utils.timezone import now; now()",
    "django.utils.timezone.is_naive": (
        "import datetime; from django.utils.timezone import is_naive as i\n"
        "i(datetime.datetime.now())"
    ),
    "django.utils.timezone.activate": "from django.utils.timezone import activate as a; a('UTC')",
    "django.utils.timezone.override": (
        "from django.utils.timezone import override\nwith override('UTC'):\n    pass"
    ),
    "django.utils.timezone.make_aware": (
        "import datetime; from django.utils.timezone import make_aware as m\n"
        "m(datetime.datetime(2024, 1, 1))"
    ),
    "django.utils.translation.gettext": "from django.utils.translation import gettext as _; _('a')",
    "django.utils.translation.gettext_lazy": (
        "from django.utils.translation import gettext_lazy as _; str(_('a'))"
    ),
    "django.utils.translation.activate": (
        "from django.utils.translation import activate as a; a('de')"
    ),
}

RUN = r"""
import json, os, sys
import django.contrib.auth, django.core.mail, django.db.models, django.http, django.template.loader
import django.test, django.utils.feedgenerator  # what is loaded once need not be loaded by each

said = {}
for name, code in json.load(sys.stdin).items():
    imports = [line for line in code.replace("; ", "\n").splitlines() if " import " in f" {line}"]
    said[name] = []
    for text in ("\n".join(imports), code.replace("; ", "\n")):
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            try:
                exec(compile(text, name, "exec"), {})
                answer = "works"
            except Exception as error:
                answer = f"{type(error).__name__}: {error}"
            os.write(writer, answer.encode()[:4000])
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as stream:
            said[name].append(stream.read())
        os.waitpid(child, 0)
print(json.dumps(said))
"""

FAILURES = ("ImproperlyConfigured", "AppRegistryNotReady")


def said_by_django(uses: dict[str, str]) -> dict[str, list[str]]:
    """For each name, what its import says and what its use says, without any settings."""
    run = subprocess.run(
        [sys.executable, "-c", RUN],
        input=json.dumps(uses),
        capture_output=True,
        text=True,
        check=False,
        env={},
    )
    assert run.returncode == 0, run.stderr
    said: dict[str, list[str]] = json.loads(run.stdout)
    return said


def test_uses_fail_when_it_is_said_that_they_fail() -> None:
    wrong = []
    for name, (imported, used) in said_by_django(USES).items():
        if imported.startswith(FAILURES):
            needs = Needs.AT_IMPORT
        else:
            assert imported == "works", (name, imported)
            needs = Needs.WHEN_USED if used.startswith(FAILURES) else Needs.NEVER
            assert needs is Needs.WHEN_USED or used == "works" or "VERSION" in name, (name, used)
        if kind_of(name).needs is not needs:
            wrong.append((name, needs, kind_of(name).needs))
    assert wrong == []


def test_modules_that_cannot_be_imported_are_those_that_are_listed() -> None:
    listed = {name: f"import {name}" for name in _AT_IMPORT}
    others = ("apps", "core.cache", "core.mail", "db.models", "forms", "http", "test", "urls")
    fine = {f"django.{name}": f"import django.{name}" for name in others}
    said = said_by_django({**listed, **fine})
    assert [n for n in listed if not said[n][0].startswith("ImproperlyConfigured")] == []
    assert [n for n in fine if said[n][0] != "works"] == []


@pytest.mark.parametrize(
    ("origin", "attributes", "name"),
    [
        ("django.utils.timezone", ("now", "x"), "django.utils.timezone.now"),
        ("django.db.connection", ("cursor",), "django.db.connection"),
        ("django.db", ("connection", "cursor"), "django.db.connection"),
        ("django.db.models", ("Q",), "django.db.models.Q"),
        ("django", ("db", "models", "Q", "x"), "django.db.models.Q"),
        ("django.core", ("cache", "cache", "get"), "django.core.cache.cache"),
        ("django.apps.apps", ("get_model",), "django.apps.apps"),
        ("django", ("setup",), "django.setup"),
        ("django", (), "django"),
    ],
)
def test_names_end_behind_modules(origin: str, attributes: tuple[str, ...], name: str) -> None:
    assert used_name(origin, attributes) == name


@pytest.mark.parametrize(
    ("name", "is_orm"),
    [
        ("django.db.models.Q", True),
        ("django.contrib.auth.models.User", True),
        ("django.contrib.postgres.search.SearchVector", True),
        ("django.apps.apps", True),
        ("django.core.cache.cache", False),
        ("django.contrib.auth.hashers.make_password", False),
        ("django.database", False),
    ],
)
def test_what_is_of_the_orm(name: str, is_orm: bool) -> None:
    assert kind_of(name).is_orm is is_orm
