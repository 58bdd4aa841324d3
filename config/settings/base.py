"""Settings shared by every environment. Reads the environment; touches no network and no file.

``GAWAH_SIDE`` decides what this process is: ``all`` (one machine), ``staff`` (case file and
admin) or ``public`` (website and API alone; the case file is not even installed).
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.csp import CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY
from config.database import database_settings, uses_embedded_server
from config.embedded.places import PROJECT, Cluster, cluster, var_directory

BASE_DIR = PROJECT
VAR_DIR = var_directory()

PRODUCTION = False
"""Whether this is a deployment for real use; the system checks are stricter then."""

INSECURE_SECRET_KEY = "insecure-default-that-production-refuses"  # noqa: S105
SECRET_KEY = os.environ.get("GAWAH_SECRET_KEY") or INSECURE_SECRET_KEY
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

SIDE = os.environ.get("GAWAH_SIDE") or "all"
if SIDE not in {"all", "staff", "public"}:
    raise ImproperlyConfigured("GAWAH_SIDE must be all, staff or public.")
HAS_STAFF_SIDE = SIDE != "public"
HAS_PUBLIC_SIDE = SIDE != "staff"

GAWAH_ORGANISATION = os.environ.get("GAWAH_ORGANISATION") or "Gawah"
GAWAH_LICENCE = os.environ.get("GAWAH_LICENCE") or "CC BY 4.0"
GAWAH_CONTACT = os.environ.get("GAWAH_CONTACT") or ""
# Where "Leave quickly" leads: a page that says nothing about whoever is seen on it.
GAWAH_LEAVE = os.environ.get("GAWAH_LEAVE") or "https://www.google.com/search?q=weather"
# Whether addresses of published sources are asked if they still answer. Off unless it is wanted:
# each request tells the publisher's server that this one looks at the page.
GAWAH_CHECK_LINKS = os.environ.get("GAWAH_CHECK_LINKS") == "1"
# Through which proxy, such as socks5h://127.0.0.1:9050; it looks names up itself. Empty for none.
GAWAH_LINK_PROXY = os.environ.get("GAWAH_LINK_PROXY") or ""
# IP addresses and names inside that may be asked all the same. For tests alone: no variable.
LINK_CHECK_ADDRESSES_OF_TESTS: tuple[str, ...] = ()
# Requests of the API that one address may send in an hour; 0 for any number.
GAWAH_API_REQUESTS = int(os.environ.get("GAWAH_API_REQUESTS") or 3_600)
# Requests that a process of the application server answers at once; half of them may be files.
GAWAH_THREADS = int(os.environ.get("GAWAH_THREADS") or 4)
# Servers of ours that requests pass before they come here; each notes whom it had them from.
GAWAH_FRONTS = int(os.environ.get("GAWAH_FRONTS") or 0)

# Whether staff have to have a second factor: required, or optional where nothing is at stake.
GAWAH_SECOND_FACTOR = os.environ.get("GAWAH_SECOND_FACTOR") or "required"
if GAWAH_SECOND_FACTOR not in {"required", "optional"}:
    raise ImproperlyConfigured("GAWAH_SECOND_FACTOR must be required or optional.")
# What seals the secrets of second factors: the present key, then older ones, with commas between.
GAWAH_ACCOUNT_KEYS = [key for key in os.environ.get("GAWAH_ACCOUNT_KEYS", "").split(",") if key]
# What seals confidential sources, in the same way. Whoever loses it loses what they say.
GAWAH_SOURCE_KEYS = [key for key in os.environ.get("GAWAH_SOURCE_KEYS", "").split(",") if key]
# Seconds after which somebody logs in again, whether they were idle or not.
SESSION_LONGEST = 12 * 60 * 60

_STAFF_APPS = [
    "incidents",
    "incidents.admin.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pgtrigger",
    "pghistory",
]
INSTALLED_APPS = [
    *(_STAFF_APPS if HAS_STAFF_SIDE else []),
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "rest_framework",
    "config",
    "api",
    "website",
    "record",
    "reference",
]

_STAFF_MIDDLEWARE = [
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "incidents.middleware.OneTimePasswordMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "incidents.accounts.entrance.EntranceMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "incidents.accounts.watching.AccessLogMiddleware",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.PermissionsPolicyMiddleware",
    "config.errors.OverloadMiddleware",
    *(["django.contrib.sessions.middleware.SessionMiddleware"] if HAS_STAFF_SIDE else []),
    "config.middleware.LanguageOfAddressMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    *(_STAFF_MIDDLEWARE if HAS_STAFF_SIDE else []),
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

_STAFF_CONTEXT = [
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "incidents.accounts.context.account_pages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "config.context.organisation",
                *(_STAFF_CONTEXT if HAS_STAFF_SIDE else []),
            ],
        },
    },
]

# Which rights this process should have: owner (migrations), app (data) or reader (public side).
DATABASE_ROLE = os.environ.get("GAWAH_DATABASE_ROLE") or ("app" if HAS_STAFF_SIDE else "reader")
# The server that the start commands bring up before they connect; none with DATABASE_URL.
EMBEDDED_CLUSTER: Cluster | None = cluster() if uses_embedded_server() else None
DATABASES = {
    "default": {
        **database_settings(EMBEDDED_CLUSTER, DATABASE_ROLE),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
if not HAS_STAFF_SIDE and DATABASE_ROLE == "reader":
    # Whatever a page or an answer may ask, no statement of a reader holds a worker for long.
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c statement_timeout=20s")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ur", "اردو")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Captured files: private, never served by address. Readable by this account alone.
MEDIA_ROOT = Path(os.environ.get("GAWAH_FILES") or VAR_DIR / "files")
MEDIA_URL = ""
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# The largest file that is taken in as evidence, in millions of bytes of 1024 × 1024: documents and
# pictures, and recordings of sound and film.
GAWAH_LARGEST_DOCUMENT_MB = int(os.environ.get("GAWAH_LARGEST_DOCUMENT_MB") or 50)
GAWAH_LARGEST_RECORDING_MB = int(os.environ.get("GAWAH_LARGEST_RECORDING_MB") or 500)

# Releases of the whole public record, a folder a date: open to all, but only through the program,
# which knows what was withdrawn since.
GAWAH_RELEASES = Path(os.environ.get("GAWAH_RELEASES") or VAR_DIR / "releases")

# The page of a large case has more boxes than Django's default of 1,000 lets through.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Half an hour without use; closing the browser ends it sooner. Case files lie open on shared desks,
# and what was typed when a session ends is kept until its author has logged in again.
SESSION_COOKIE_AGE = int(os.environ.get("GAWAH_IDLE_MINUTES") or 30) * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "UNAUTHENTICATED_TOKEN": None,
}

if HAS_STAFF_SIDE:
    import pghistory

    from config import history

    AUTH_USER_MODEL = "incidents.StaffMember"
    AUTH_PASSWORD_VALIDATORS = [
        {"NAME": f"django.contrib.auth.password_validation.{name}"}
        for name in (
            "UserAttributeSimilarityValidator",
            "MinimumLengthValidator",
            "CommonPasswordValidator",
            "NumericPasswordValidator",
        )
    ]
    AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
    AUTHENTICATION_BACKENDS = ["incidents.accounts.backend.StaffBackend"]
    LOGIN_URL = "account_login"
    LOGIN_REDIRECT_URL = "admin:index"
    SESSION_ENGINE = "incidents.accounts.sessions"
    # Messages name records: they lie sealed with the session, and not in a cookie of the browser.
    MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
    CSRF_FAILURE_VIEW = "incidents.accounts.csrf.csrf_failure"

    # Defaults of allauth that would hurt: docs/dependencies.md says why each is set.
    ACCOUNT_ADAPTER = "incidents.accounts.adapters.StaffAccountAdapter"
    ACCOUNT_LOGIN_METHODS = {"username"}
    ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
    ACCOUNT_EMAIL_VERIFICATION = "none"
    ACCOUNT_SESSION_REMEMBER = False
    ACCOUNT_FORMS = {"login": "incidents.accounts.forms.StaffLoginForm"}
    # Ours are counted in the database, by incidents/accounts/slowing.py.
    ACCOUNT_RATE_LIMITS = False
    MFA_RATE_LIMITS = False
    MFA_ADAPTER = "incidents.accounts.adapters.SecondFactorAdapter"
    MFA_FORMS = {
        "authenticate": "incidents.accounts.forms.CodeForm",
        "reauthenticate": "incidents.accounts.forms.CodeAgainForm",
        "activate_totp": "incidents.accounts.forms.FirstCodeForm",
        "authenticate_webauthn": "incidents.accounts.forms.PasskeyForm",
        "login_webauthn": "incidents.accounts.forms.PasskeyAloneForm",
        "reauthenticate_webauthn": "incidents.accounts.forms.PasskeyAgainForm",
        "add_webauthn": "incidents.accounts.forms.NewPasskeyForm",
    }
    MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
    MFA_PASSKEY_LOGIN_ENABLED = True
    MFA_RECOVERY_CODES_SHOW_ONCE = True
    MFA_ALLOW_UNVERIFIED_EMAIL = True
    # Clocks of telephones and servers differ; a code is good once all the same.
    MFA_TOTP_TOLERANCE = 1
    MFA_TOTP_ISSUER = os.environ.get("GAWAH_AUTHENTICATOR_LABEL") or "Work"

    # No file fills the disk, or lies in a folder of all, before anybody has looked at it.
    FILE_UPLOAD_HANDLERS = [
        "incidents.evidence.uploads.UploadLimit",
        "django.core.files.uploadhandler.MemoryFileUploadHandler",
        "incidents.evidence.uploads.PrivateUpload",
    ]

    # The defaults record no deletion and let events be rewritten.
    PGHISTORY_DEFAULT_TRACKERS = (history.Insert(), history.Update(), history.Delete())
    PGHISTORY_APPEND_ONLY = True
    # One call of the trigger a statement, not a row: bringing in a list writes thousands at once.
    PGHISTORY_LEVEL = history.STATEMENT
    # Triggers follow from the models: every migrate installs exactly those. Kept in migrations,
    # each of some hundred would make Django rebuild all models, which takes a minute.
    PGTRIGGER_MIGRATIONS = False
    PGTRIGGER_INSTALL_ON_MIGRATE = True
    PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True)
    # Reading is logged where it matters, by the case file itself; a context for every page read
    # would say who looked at what in a table that nobody may clear.
    PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "config.log.DiscreetFormatter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
        }
    },
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # Refused requests (4xx) are the reader's affair: what they typed is in the path.
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        # The development server's request lines, which hold query strings too.
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
