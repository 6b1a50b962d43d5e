"""Settings, all of them from the environment; docs/operations.md lists each variable.

A site needs none: its data lies in KAOHE_HOME (default: kaohe-data below the current folder).
"""

from __future__ import annotations

from pathlib import Path

from environ import Env

from kaohe.web.fieldwork.files.place import files_folder, files_storage
from kaohe.web.secret import derived_key, site_secret

env = Env()
PACKAGE = Path(__file__).resolve().parent

HOME = Path(env.str("KAOHE_HOME", default="kaohe-data")).resolve()
_SECRET = site_secret(HOME)
SECRET_KEY = derived_key(_SECRET, "django").hex()
PERSONAL_DATA_KEY = derived_key(_SECRET, "personal data")
PERSONAL_INDEX_KEY = derived_key(_SECRET, "personal data index")
AUDIT_KEY = derived_key(_SECRET, "audit chain")

DEBUG = env.bool("KAOHE_DEBUG", default=False)
# A demo site says so on every page, prints its accounts and asks for no second factor.
DEMO = env.bool("KAOHE_DEMO", default=False)
# 'required': office roles must set up a second factor; 'optional': they may.
SECOND_FACTOR = env.str("KAOHE_SECOND_FACTOR", default="optional" if DEMO else "required")
# The hash of the audit chain: 'sha256' or 'sm3'.
AUDIT_HASH = env.str("KAOHE_AUDIT_HASH", default="sha256")

# Where the site is reached
ALLOWED_HOSTS = env.list("KAOHE_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("KAOHE_ORIGINS", default=[])
# Behind HTTPS cookies travel over nothing else. A county without a certificate says so here.
HTTPS = env.bool("KAOHE_HTTPS", default=False)
# How many proxies stand before the site; only then is the address that they report believed.
PROXIES = env.int("KAOHE_PROXIES", default=0)

INSTALLED_APPS = [
    # First, so that our templates stand before those of the libraries.
    "kaohe.web.common",
    "kaohe.web.roster",
    "kaohe.web.fieldwork",
    "kaohe.web.supervision",
    "kaohe.web.home",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "kaohe.web.common.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kaohe.web.common.middleware.ActorMiddleware",
    "kaohe.web.common.middleware.PermissionMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "kaohe.web.urls"
WSGI_APPLICATION = "kaohe.web.wsgi.application"
FORM_RENDERER = "kaohe.web.common.form_renderer.ShellRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kaohe.web.shell.shell",
            ],
        },
    }
]

# The database: SQLite beside the other data, or PostgreSQL by DATABASE_URL.
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{HOME / 'kaohe.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at once: one that first read and then wants to write would fail.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        # FULL: what was acknowledged survives a power cut. A weaker mode is refused at start.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA cell_size_check=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Progress of long work is told from within a transaction, so it must not go through the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        # Counted guesses lie here too; a full cache would forget them at random.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Language and time
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = env.str("KAOHE_TIME_ZONE", default="Asia/Shanghai")
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "kaohe.web.formats"

# Accounts
AUTH_USER_MODEL = "roster.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "kaohe.web.roster.accounts.backends.PasswordBackend",
    "kaohe.web.roster.accounts.backends.InvitationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "kaohe.web.roster.accounts.passwords.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {
        "NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "kaohe.web.roster.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# axes counts failures for name and address together. allauth's limits that count an address would
# lock out an office, or a meeting of 300 behind one address; those that count an account stay.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "signup": None,
    "reset_password": None,
    "reset_password_from_key": None,
    "request_login_code": None,
    # The codes of the second factor alone: see AccountAdapter.pre_authenticate.
    "login_failed": "8/15m/key",
    "reauthenticate": "20/15m/user",
    "change_password": "8/15m/user",
}
ACCOUNT_FORMS = {
    "login": "kaohe.web.roster.forms.logins.LoginForm",
    "reauthenticate": "kaohe.web.roster.forms.logins.ReauthenticateForm",
    "change_password": "kaohe.web.roster.forms.logins.ChangePasswordForm",
}
MFA_FORMS = {
    "authenticate": "kaohe.web.roster.forms.logins.CodeForm",
    "reauthenticate": "kaohe.web.roster.forms.logins.ReauthenticateCodeForm",
    "activate_totp": "kaohe.web.roster.forms.logins.ActivateForm",
}
MFA_ADAPTER = "kaohe.web.roster.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "考核"
USERSESSIONS_TRACK_ACTIVITY = True
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "kaohe.web.roster.accounts.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "kaohe.web.common.address.client_network"
AXES_USERNAME_CALLABLE = "kaohe.web.roster.accounts.lockout.counted_name"
# A lock-out ends after its quarter of an hour, however often somebody tries meanwhile.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# The audit chain tells who logged in; axes keeps nothing of what was typed.
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "ip_address",
    "login",
    "code",
    "invitation",
    "oldpassword",
    "password1",
    "password2",
    "csrfmiddlewaretoken",
]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Sessions: a working day, of it two hours without a request; each account three at once.
SESSION_COOKIE_AGE = 10 * 3600
SESSION_IDLE_SECONDS = env.int("KAOHE_SESSION_IDLE_MINUTES", default=120) * 60
SESSIONS_PER_ACCOUNT = env.int("KAOHE_SESSIONS_PER_ACCOUNT", default=3)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "kaohe_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "kaohe_csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kaohe.web.common.errors_views.csrf_failed"

# What the browser may do with a page
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# Static files: hashed names, compressed, served by the site itself.
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
# What people upload lies in a folder, or in a storage that speaks S3.
FILES = env.str("KAOHE_FILES", default="")
STORAGES = {
    "default": files_storage(FILES),
    "staticfiles": {"BACKEND": "kaohe.web.static_files.HashedStaticFiles"},
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = files_folder(FILES, HOME)

# What may be sent
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# Forms take fewer and say so; past this number Django refuses the request without a word of ours.
DATA_UPLOAD_MAX_NUMBER_FILES = 40
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

DJANGO_TABLES2_TEMPLATE = "common/parts/table.html"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "kaohe.web.common.logs.OneLine"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("KAOHE_LOG_LEVEL", default="WARNING")},
    "loggers": {"kaohe": {"level": "INFO"}},
}
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if not HTTPS:
    # A county's closed network often has no certificate; `kaohe doctor` says what that means.
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]
