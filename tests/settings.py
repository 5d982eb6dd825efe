"""The project's settings, made fast and strict."""

import os

os.environ.setdefault("SECRET_KEY", "for tests only, long enough that nobody warns about it")
os.environ.setdefault("HTTPS", "False")
os.environ.setdefault("EMAIL_URL", "memorymail://")

from gjovik_digi.settings import *  # noqa: E402, F403
from gjovik_digi.settings import CACHES, INSTALLED_APPS, MIDDLEWARE  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]  # a lazy load in a loop raises
MIDDLEWARE = [
    "zeal.middleware.zeal_middleware",
    *(name for name in MIDDLEWARE if not name.startswith("whitenoise.")),
]
ZEAL_RAISE = True
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of the people whom `seed_demo` made
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {**CACHES, "fragments": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
ALLOWED_HOSTS = ["*"]
