"""Settings, all from the environment and all with a default that runs.

``ONEWINDOW_DATA`` is the one directory that holds database, keys and uploads. A secret may
be given as a file: ``DATABASE_URL_FILE`` stands for ``DATABASE_URL`` and so on.
"""

import os
from ipaddress import ip_network
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from onewindow.base import clocks
from onewindow.base.vault import secrets

env = environ.FileAwareEnv()
PACKAGE = Path(__file__).resolve().parent.parent

DATA = Path(env.str("ONEWINDOW_DATA", default="data")).resolve()
FILE = DATA / "settings.env"  # what `init` was told; the environment comes before it
if FILE.is_file():
    env.read_env(FILE)
DEBUG = env.bool("ONEWINDOW_DEBUG", default=False)
SECRET_KEY = secrets.secret_key(DATA, env.str("ONEWINDOW_SECRET_KEY", default=""))
TRAIL_KEY = secrets.trail_key(DATA)
ALLOWED_HOSTS = env.list("ONEWINDOW_HOSTS", default=["*"])
PUBLIC_URL = env.str("ONEWINDOW_PUBLIC_URL", default="").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
DEMO = env.bool("ONEWINDOW_DEMO", default=False)

INSTALLED_APPS = [
    "onewindow.desks",
    "onewindow.public",
    "onewindow.simulator",
    "onewindow.lists",
    "onewindow.voice",
    "onewindow.tickets",
    "onewindow.floor",
    "onewindow.catalogue",
    "onewindow.printing",
    "onewindow.alerts",
    "onewindow.hooks",
    "onewindow.accounts",
    "onewindow.base.notify",
    "onewindow.base.vault",
    "onewindow.base.deadlines",
    "onewindow.base.ticks",
    "onewindow.base.trail",
    "onewindow.base.live",
    "onewindow.base.web",
    "onewindow.base.halls",
    "onewindow.base.clocks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks_db",
    "lucide",
    "ninja",
    "template_partials",
]

MIDDLEWARE = [
    "onewindow.base.web.behind.Behind",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "onewindow.base.web.middleware.ContentPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "onewindow.base.web.looks.Looks",
    "onewindow.base.web.middleware.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "onewindow.base.web.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
    "onewindow.config.errors.WrongMethod",
]

ROOT_URLCONF = "onewindow.config.urls"
WSGI_APPLICATION = "onewindow.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "onewindow.base.web.context.frame",
                "onewindow.accounts.context.my_halls",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "lucide.templatetags.lucide",
                "onewindow.base.web.templatetags.web",
            ],
        },
    }
]

DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA / 'onewindow.sqlite3'}")
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"] |= {
        "ENGINE": "onewindow.base.sqlite",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 5,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
else:
    # Statements are prepared by the server: a hall asks the same few all day.
    OPTIONS = {
        "pool": {"min_size": 1, "max_size": 16, "timeout": 10},
        "server_side_binding": True,
        "prepare_threshold": 5,
    }
    given = DATABASES["default"].get("OPTIONS", {})  # of the address: ?sslmode=require, ?host=...
    DATABASES["default"] |= {"CONN_MAX_AGE": 0, "OPTIONS": OPTIONS | given}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "onewindow.accounts.backends.SecondFactorBackend",
    "onewindow.accounts.backends.PinBackend",
]
# The organisation's own provider (OpenID Connect): offered on the sign-in page once it is named.
OIDC = {
    "issuer": env.str("ONEWINDOW_OIDC_ISSUER", default=""),
    "client_id": env.str("ONEWINDOW_OIDC_CLIENT_ID", default=""),
    "client_secret": env.str("ONEWINDOW_OIDC_CLIENT_SECRET", default=""),
    "claim": env.str("ONEWINDOW_OIDC_CLAIM", default="preferred_username"),
    "label": env.str("ONEWINDOW_OIDC_LABEL", default="OpenID Connect"),
    "only": env.bool("ONEWINDOW_OIDC_ONLY", default=False),
}
SECOND_FACTOR_REQUIRED = env.bool("ONEWINDOW_SECOND_FACTOR", default=not DEMO)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "onewindow.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "onewindow.accounts.passwords.ThreeClasses"},
    {"NAME": "onewindow.accounts.passwords.UnlikeThePerson"},
    {"NAME": "onewindow.accounts.passwords.NotCommon"},
    {"NAME": "onewindow.accounts.passwords.NotUsedLately"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "desks:home"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours: 15 minutes
AXES_LOCKOUT_PARAMETERS = "onewindow.accounts.lockout.counted_by"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the time that was said stands
AXES_USERNAME_FORM_FIELD = "staff_number"
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "ip_address",
    "code",
    "pin",
]  # shown to nobody who reads a row
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "onewindow.accounts.views.signing.locked_out"
AXES_VERBOSE = False

SESSION_COOKIE_NAME = "ow_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "ow_csrf"
CSRF_FAILURE_VIEW = "onewindow.config.errors.open_too_long"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_COOKIES = PUBLIC_URL.startswith("https://") or env.bool("ONEWINDOW_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
PROXIES = [ip_network(one) for one in env.list("ONEWINDOW_PROXIES", default=["127.0.0.1", "::1"])]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # HSTS and the way to HTTPS are the proxy's: deploy/ has them
    "security.W008",
    "security.W019",  # the demonstration's front page frames our own screens
    "axes.W006",  # a hall has one address: locking it would lock out every window
]
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_AT_MOST = 12 * 1024 * 1024  # a request with files in it
FILE_UPLOAD_HANDLERS = [
    "onewindow.base.web.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LANGUAGE_COOKIE_NAME = "ow_language"
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [PACKAGE / "config" / "locale"]  # the roof is no app

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_MAX_AGE = 60  # names carry no hash: a screen has the new look a minute after an upgrade
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = DATA / "uploads"

# Messages out. EMAIL_URL such as smtp+tls://user:password@mail.example:587; what is not set waits.
globals().update(env.email_url("EMAIL_URL", default="dummymail://"))
EMAIL_FROM = env.str("ONEWINDOW_EMAIL_FROM", default="")
EMAIL_TIMEOUT = 10
GATEWAY_URL = env.str("ONEWINDOW_GATEWAY_URL", default="")
GATEWAY_SECRET = env.str("ONEWINDOW_GATEWAY_SECRET", default="")

# Webhooks go to addresses of the internet only, unless the hall's own network is allowed too.
HOOKS_PRIVATE = env.bool("ONEWINDOW_HOOKS_PRIVATE", default=False)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "long"]}}
WIRING = "onewindow.config.wiring.WIRING"
# 三员分立: fewer people than this may have one person as system and security administrator.
ONE_ADMINISTRATOR_BELOW = env.int("ONEWINDOW_ONE_ADMINISTRATOR_BELOW", default=30)
STANDING = "onewindow.floor.standing.STANDING"  # where devices stand
RAIL = "onewindow.config.rail.RAIL"
PLACES = "onewindow.config.rail.PLACES"
BUNDLES = "onewindow.config.bundles.BUNDLES"
POLICIES = "onewindow.config.policies.POLICIES"
ADD_HALL = "onewindow.config.actions.add_hall"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"django.request": {"level": "ERROR"}},  # a refusal is an answer, not an event
    "root": {"handlers": ["console"], "level": env.str("ONEWINDOW_LOG", default="WARNING")},
}

STREAMS = env.int("ONEWINDOW_STREAMS", default=500)
try:
    clocks.shift()
except ValueError as no:
    raise ImproperlyConfigured(str(no)) from no

os.makedirs(DATA, mode=0o750, exist_ok=True)
