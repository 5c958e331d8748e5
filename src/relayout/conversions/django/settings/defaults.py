"""Django's own defaults for settings that a project does not set.

They are those of https://docs.djangoproject.com/en/5.2/ref/settings/, as far as they are plain
values that are the same in every version that is supported.
"""

from __future__ import annotations

from collections.abc import Mapping

DEFAULTS: Mapping[str, str] = {
    "ABSOLUTE_URL_OVERRIDES": "{}",
    "ADMINS": "[]",
    "ALLOWED_HOSTS": "[]",
    "APPEND_SLASH": "True",
    "AUTH_USER_MODEL": '"auth.User"',
    "CACHES": '{"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}',
    "CACHE_MIDDLEWARE_ALIAS": '"default"',
    "CACHE_MIDDLEWARE_KEY_PREFIX": '""',
    "CACHE_MIDDLEWARE_SECONDS": "600",
    "DATABASES": "{}",
    "DATABASE_ROUTERS": "[]",
    "DATA_UPLOAD_MAX_MEMORY_SIZE": "2621440",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": "1000",
    "DATETIME_FORMAT": '"N j, Y, P"',
    "DATE_FORMAT": '"N j, Y"',
    "DEBUG": "False",
    "DEBUG_PROPAGATE_EXCEPTIONS": "False",
    "DECIMAL_SEPARATOR": '"."',
    "DEFAULT_CHARSET": '"utf-8"',
    "DEFAULT_FROM_EMAIL": '"webmaster@localhost"',
    "EMAIL_BACKEND": '"django.core.mail.backends.smtp.EmailBackend"',
    "EMAIL_HOST": '"localhost"',
    "EMAIL_HOST_PASSWORD": '""',
    "EMAIL_HOST_USER": '""',
    "EMAIL_PORT": "25",
    "EMAIL_SSL_CERTFILE": "None",
    "EMAIL_SSL_KEYFILE": "None",
    "EMAIL_SUBJECT_PREFIX": '"[Django] "',
    "EMAIL_TIMEOUT": "None",
    "EMAIL_USE_LOCALTIME": "False",
    "EMAIL_USE_SSL": "False",
    "EMAIL_USE_TLS": "False",
    "FILE_UPLOAD_DIRECTORY_PERMISSIONS": "None",
    "FILE_UPLOAD_MAX_MEMORY_SIZE": "2621440",
    "FILE_UPLOAD_PERMISSIONS": "0o644",
    "FILE_UPLOAD_TEMP_DIR": "None",
    "FIRST_DAY_OF_WEEK": "0",
    "FIXTURE_DIRS": "[]",
    "FORCE_SCRIPT_NAME": "None",
    "FORMAT_MODULE_PATH": "None",
    "INSTALLED_APPS": "[]",
    "INTERNAL_IPS": "[]",
    "LANGUAGE_CODE": '"en-us"',
    "LOCALE_PATHS": "[]",
    "LOGGING": "{}",
    "LOGGING_CONFIG": '"logging.config.dictConfig"',
    "LOGIN_REDIRECT_URL": '"/accounts/profile/"',
    "LOGIN_URL": '"/accounts/login/"',
    "LOGOUT_REDIRECT_URL": "None",
    "MANAGERS": "[]",
    "MEDIA_ROOT": '""',
    "MIDDLEWARE": "[]",
    "MIGRATION_MODULES": "{}",
    "MONTH_DAY_FORMAT": '"F j"',
    "NUMBER_GROUPING": "0",
    "SECRET_KEY_FALLBACKS": "[]",
    "SERVER_EMAIL": '"root@localhost"',
    "SESSION_COOKIE_AGE": "1209600",
    "SHORT_DATETIME_FORMAT": '"m/d/Y P"',
    "SHORT_DATE_FORMAT": '"m/d/Y"',
    "SILENCED_SYSTEM_CHECKS": "[]",
    "STATICFILES_DIRS": "[]",
    "STATIC_ROOT": "None",
    "STATIC_URL": "None",
    "TEMPLATES": "[]",
    "THOUSAND_SEPARATOR": '","',
    "TIME_FORMAT": '"P"',
    "TIME_ZONE": '"America/Chicago"',
    "USE_I18N": "True",
    "USE_THOUSAND_SEPARATOR": "False",
    "USE_X_FORWARDED_HOST": "False",
    "USE_X_FORWARDED_PORT": "False",
    "WSGI_APPLICATION": "None",
    "YEAR_MONTH_FORMAT": '"F Y"',
}
"""The default of each setting, as Python writes it."""

VARYING = frozenset(
    {"AUTHENTICATION_BACKENDS", "DEFAULT_AUTO_FIELD", "FORM_RENDERER", "LANGUAGES", "STORAGES"}
    | {"DEFAULT_FILE_STORAGE", "STATICFILES_STORAGE", "MEDIA_URL", "PASSWORD_HASHERS", "USE_TZ"}
    | {"USE_L10N", "TEST_RUNNER", "DATE_INPUT_FORMATS", "DATETIME_INPUT_FORMATS", "SECRET_KEY"}
    | {"FILE_UPLOAD_HANDLERS", "LANGUAGES_BIDI", "MESSAGE_STORAGE", "SESSION_ENGINE"}
)
"""Settings whose default depends on Django's version, or that mean something to Django alone."""
