"""All settings, read from the environment. `.env.example` lists every variable with a sentence."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF

from gjovik_digi import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

# Core

SECRET_KEY = env("SECRET_KEY")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env("SITE_URL", default="http://localhost:8000")  # for links in mail

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "rules.apps.AutodiscoverRulesConfig",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
    "template_partials",
    "core",
    "municipality",
    "maturity",
    "ideas",
    "workshops",
    "prioritization",
    "projects",
    "benefits",
    "annual",
    "gjovik_digi",  # its management commands touch all apps
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.ActionRefusedMiddleware",
    "core.middleware.DeadlockMiddleware",
]

ROOT_URLCONF = "gjovik_digi.urls"
WSGI_APPLICATION = "gjovik_digi.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "municipality.context_processors.municipality",
            ],
            "builtins": ["core.templatetags.format", "template_partials.templatetags.partials"],
        },
    }
]

# Database: always PostgreSQL. Without DATABASE_URL it is the embedded one.

DATABASES = {"default": env.db_url("DATABASE_URL", default=embedded.database_url())}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Log-in rate limits count in the cache. A table, so that a broker that is down locks nobody out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
    },
    # What the front page tells about the year before, in each process, for a minute.
    "fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": 60,
    },
}

# People and log-in

AUTH_USER_MODEL = "municipality.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "municipality.accounts.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my-page"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "municipality.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "municipality.accounts.display_name"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the administrator
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_SESSION_REMEMBER = False
# A stranger who tries passwords is slowed per account. Per address the limit is generous: a whole
# town hall may share one.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "10/m/ip,5/5m/key"}

# Language and time

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Norsk bokmål")]
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True

# Static files: ours, and what npm's build step puts in assets/

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / ".local" / "static"))
ASSETS = BASE_DIR / "assets"
STATICFILES_DIRS = [BASE_DIR / "static", ASSETS]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Forms

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
# What keeps a year of the wheel, or an account, from being closed: see municipality/closing.py.
CYCLE_CLOSING_CHECKS = ["ideas.actions.ideas_without_outcome", "annual.closing.year_not_closed"]
ACCOUNT_CLOSING_CHECKS = ["gjovik_digi.leaving.why_account_stays_open"]
# What follows of a passed decision point, and of a moved plan: see projects/actions/following.py.
AFTER_GATE_APPROVED = ["benefits.actions.freeze_at_gate"]
AFTER_PLAN_MOVED = ["benefits.actions.follow_plan"]

CRISPY_TEMPLATE_PACK = "designsystemet"
CRISPY_ALLOWED_TEMPLATE_PACKS = "designsystemet"

# Uploads: a file larger than any form takes is counted, not kept (core/uploads.py)

FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "core.uploads.BoundedFileUploadHandler",
]

DATA_UPLOAD_MAX_NUMBER_FILES = 10
# ClamAV as tcp://host:3310 or unix:///run/clamd.sock. Empty: files are not checked (core/virus.py).
CLAMAV_URL = env("CLAMAV_URL", default="")

# Mail

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="digitaliseringshjulet@localhost")
EMAIL_TIMEOUT = 10

# Celery. Publishing gives up at once when the broker is down: what waits stands in the database,
# and the schedule takes it up again (core/queue.py).

REDIS_URL = env("REDIS_URL", default=embedded.redis_url())
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
    "visibility_timeout": 3600,
    # kombu's own waiting between attempts would keep a page for six seconds
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE

# Security

_HTTPS = env.bool("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = _HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_HSTS_PRELOAD = _HTTPS
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SECURE = _HTTPS
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
SESSION_COOKIE_AGE = 12 * 60 * 60
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# Forms that are open to all (core/abuse.py): how many in an hour, from one address or from all,
# before the browser must prove that it works for it; and how many before an address must wait.
# A town hall or a library shares one address.

ABUSE_PROOF_AFTER = env.int("ABUSE_PROOF_AFTER", default=250)
ABUSE_PROOF_AFTER_ALL = env.int("ABUSE_PROOF_AFTER_ALL", default=500)
ABUSE_CLOSED_AFTER = env.int("ABUSE_CLOSED_AFTER", default=2000)
# How many proxies of our own stand in front. The outermost says whose address it is.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1 if _HTTPS else 0)

# Logging: one stream, the container's

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {  # one tells of every page it lays out, the other that it is there
        "weasyprint.progress": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}
