"""Django packages from PyPI whose commands are converted, and what a trial needs of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from corpora import Corpus

_CONTRIB = (
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
)


_MIDDLEWARE = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
)
_PROCESSORS = (
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
)
_TEMPLATES = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [*_PROCESSORS]},
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A release with management commands.

    ``apps`` are what a project has to install so that Django finds its commands, ``settings`` what
    it has to set besides, and ``extras`` those of the release that its commands need. ``runs`` are
    command lines that need no database and are the same each time.
    """

    project: str
    version: str
    apps: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    extras: str = ""
    runs: tuple[tuple[str, ...], ...] = ()

    @property
    def corpus(self) -> Corpus:
        """Its sources, as the release has them."""
        return Corpus(self.project, self.version, ("--no-binary", self.project))

    @property
    def requirement(self) -> str:
        """What has to be installed for its commands to run."""
        return f"{self.project}{self.extras}=={self.version}"

    def settings_module(self) -> str:
        """Return a minimal settings module of a project that installs it."""
        values = {
            "SECRET_KEY": "none",
            "INSTALLED_APPS": [*_CONTRIB, *self.apps],
            "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
            "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
            "STATIC_URL": "/static/",
            "TEMPLATES": [_TEMPLATES],
            "MIDDLEWARE": [*_MIDDLEWARE],
            "USE_TZ": True,
            **self.settings,
        }
        return "".join(f"{name} = {value!r}\n" for name, value in values.items())


SUBJECTS = (
    Subject(
        "django-extensions",
        "4.1",
        apps=("django_extensions",),
        settings={"BASE_DIR": "."},
        runs=(
            ("clean_pyc",),
            ("clean_pyc", "--path", "."),
            ("clean_pyc", "--path", ".", "--optimize", "--verbosity", "2"),
            ("compile_pyc", "--path", "empty"),
            ("create_jobs",),
            ("create_template_tags",),
            ("delete_squashed_migrations",),
            ("describe_form",),
            ("drop_test_database", "--no-such-option"),
            ("export_emails", "--format", "none"),
            ("find_template",),
            ("generate_password", "--length", "none"),
            ("generate_secret_key", "more"),
            ("graph_models",),
            ("mail_debug", "here:there"),
            ("managestate",),
            ("merge_model_instances", "more"),
            ("notes", "--tag", "NONE"),
            ("print_settings", "--format", "none"),
            ("print_user_for_session",),
            ("raise_test_exception",),
            ("reset_schema", "--no-such-option"),
            ("runjob",),
            ("runjobs",),
            ("runscript",),
            ("runserver_plus", "a:b:c"),
            ("set_default_site", "--name", "a", "--system-fqdn", "--no-such-option"),
            ("show_template_tags", "more"),
            ("sqldsn", "--style", "none"),
            ("sync_s3",),
            ("syncdata",),
            ("unreferenced_files",),
            ("validate_templates", "more"),
        ),
    ),
    Subject(
        "django-import-export",
        "4.4.3",
        apps=("import_export",),
        runs=(
            ("export",),
            ("export", "CSV", "no.Such"),
            ("export", "NONE", "auth.User", "--verbosity", "7"),
            ("import", "auth.User", "none.csv", "--format", "NONE"),
            ("import", "none"),
        ),
    ),
    Subject(
        "django-q2",
        "1.11.1",
        apps=("django_q",),
        extras="[testing]",
        settings={"Q_CLUSTER": {"name": "none", "orm": "default"}},
        runs=(
            ("qcluster", "--no-such-option"),
            ("qinfo", "--config", "--ids"),
            ("qmemory", "more"),
            ("qmonitor", "--run-once", "more"),
        ),
    ),
    Subject(
        "wagtail",
        "8.0.1",
        apps=(
            "wagtail.contrib.forms",
            "wagtail.contrib.redirects",
            "wagtail.contrib.search_promotions",
            "wagtail.embeds",
            "wagtail.sites",
            "wagtail.users",
            "wagtail.snippets",
            "wagtail.documents",
            "wagtail.images",
            "wagtail.search",
            "wagtail.admin",
            "wagtail",
            "modelcluster",
            "taggit",
        ),
        settings={"WAGTAIL_SITE_NAME": "none", "WAGTAILADMIN_BASE_URL": "http://localhost"},
        runs=(
            ("convert_mariadb_uuids", "more"),
            ("enable_trigram", "--no-such-option"),
            ("import_redirects",),
            ("import_redirects", "--src", "none.csv"),
            ("move_pages",),
            ("move_pages", "one", "two"),
            ("purge_revisions", "--days", "none"),
            ("update_index", "--chunk_size", "none"),
        ),
    ),
    Subject(
        "django-oauth-toolkit",
        "3.4.1",
        apps=("oauth2_provider",),
        runs=(
            ("cleartokens", "more"),
            ("createapplication",),
            ("createapplication", "none", "none"),
        ),
    ),
    Subject(
        "django-rq",
        "4.2.0",
        apps=("django_rq",),
        settings={"RQ_QUEUES": {"default": {"HOST": "localhost", "PORT": 6379, "DB": 0}}},
        runs=(
            ("rqcron",),
            ("rqenqueue", "--timeout", "none"),
            ("rqresume", "more"),
            ("rqscheduler", "--interval", "none"),
            ("rqsuspend", "--duration", "none"),
        ),
    ),
    Subject(
        "django-dbbackup",
        "5.4.0",
        apps=("dbbackup",),
        settings={
            "STORAGES": {
                "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
                "dbbackup": {
                    "BACKEND": "django.core.files.storage.FileSystemStorage",
                    "OPTIONS": {"location": "backups"},
                },
            }
        },
        runs=(("listbackups", "more"),),
    ),
)


def subject_of(name: str) -> Subject:
    """Return the subject that ``NAME==VERSION`` or ``NAME`` means.

    Raises ValueError for a package that is not known and has no version.
    """
    project, _, version = name.partition("==")
    for subject in SUBJECTS:
        if subject.project == project:
            return replace(subject, version=version or subject.version)
    if not version:
        raise ValueError(f"say which release of {project}: {project}==VERSION")
    return Subject(project, version)
