"""One linear settings file. Every value that an operator may change reads a `LOTSE_*` variable."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from lotse.config import env as source

env = source.env
MODE = source.MODE
TESTING = MODE == "test"
DEMO = MODE == "demo"
PRODUCTION = MODE == "production"
LOTSE_HOME = source.HOME
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = False


def _origin(url: str) -> str:
    return "{0.scheme}://{0.netloc}".format(urlsplit(url)) if url else ""


SECRET_KEY = source.secret_key()
LOTSE_ROOT_KEY = source.root_key()
LOTSE_ROOT_KEY_OLD = env.str("LOTSE_ROOT_KEY_OLD", default="")  # only while the root key is being rotated
ALLOWED_HOSTS = env.list("LOTSE_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("LOTSE_ORIGINS", default=[])
BASE_URL = env.str("LOTSE_BASE_URL", default="http://localhost:8000")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "lotse.accounts",  # before allauth: its templates win
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "lotse.core",
    "lotse.auditlog",
    "lotse.organisations",
    "lotse.catalogues",
    "lotse.documents",
    "lotse.correspondence",
    "lotse.facts",
    "lotse.imports",
    "lotse.programmes",
    "lotse.partners",
    "lotse.casework",
    "lotse.surveys",
    "lotse.network",
    "lotse.agency",
    "lotse.funding",
    "lotse.quality",
    "lotse.insight",
    "lotse.wayup",
    "lotse.portal",
]

MIDDLEWARE = [
    "lotse.auditlog.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",  # before the clock, which has something to say
    "lotse.accounts.middleware.SessionClockMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lotse.organisations.middleware.ActorMiddleware",
    "lotse.organisations.second_factor.RoleSecondFactorMiddleware",
    "lotse.quality.guests.GuestWallMiddleware",
    "lotse.catalogues.middleware.DeskMiddleware",
    "lotse.core.middleware.NoStoreMiddleware",
    "lotse.core.middleware.RefusalMiddleware",
    "lotse.core.middleware.ReadOnlyGetMiddleware",
]

ROOT_URLCONF = "lotse.config.urls"
WSGI_APPLICATION = "lotse.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["lotse.core.templatetags.lotse", "lotse.catalogues.templatetags.words"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "lotse.core.context.page",
                "lotse.portal.context.navigation",
            ],
        },
    },
]

# --- database -------------------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",  # no lock surprise in the middle of an action
    "timeout": 10,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-32000;",
}
DATABASES = {"default": env.db_url("LOTSE_DATABASE_URL", default=f"sqlite:///{LOTSE_HOME / 'lotse.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    if not TESTING:
        LOTSE_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
else:
    # The statistics are one long statement: compiling it takes seconds, running it a fraction of one.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if not TESTING:
    DATABASES["default"]["CONN_MAX_AGE"] = 600  # a new connection for each request costs more than the page
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- login ----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 4 * 60 * 60
LOGIN_URL = "account_login"
LOGIN_URL_PATH = "/konto/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "lotse.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "change_password": "lotse.accounts.borrowed_forms.ChangePasswordForm",
    "reset_password_from_key": "lotse.accounts.borrowed_forms.ResetPasswordKeyForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"  # people come by invitation, the invitation proves the address
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Lotse: "
ACCOUNT_EMAIL_NOTIFICATIONS = True  # her own account tells her when its password or factors change
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Failed passwords are counted in lotse.accounts.throttle; these hold for codes and for the pages themselves.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/15m/key", "login": "30/m/ip"}
CACHES = {  # rate limits and used codes must hold across processes; nothing else is cached here
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
GUESTS_NEED_SECOND_FACTOR = not DEMO
SECOND_FACTOR_DEFAULTS = env.bool("LOTSE_SECOND_FACTOR_DEFAULTS", default=PRODUCTION)
MFA_ADAPTER = "lotse.accounts.adapter.FactorAdapter"
MFA_FORMS = {
    "activate_totp": "lotse.accounts.borrowed_forms.AppForm",
    "add_webauthn": "lotse.accounts.borrowed_forms.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Lotse"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

# --- login of the organisation (OpenID Connect), off unless configured ----------------------------------------
OIDC_ISSUER = env.str("LOTSE_OIDC_ISSUER", default="")
OIDC_PROVIDER = "organisation"
SOCIALACCOUNT_ADAPTER = "lotse.organisations.openid.InvitedOnlyAdapter"
SOCIALACCOUNT_PROVIDERS = {}
if OIDC_ISSUER:
    _oidc_app = {
        "provider_id": OIDC_PROVIDER,
        "name": env.str("LOTSE_OIDC_NAME", default="Anmeldung Ihrer Organisation"),
        "client_id": env.str("LOTSE_OIDC_CLIENT_ID"),
        "secret": env.str("LOTSE_OIDC_CLIENT_SECRET"),
        "settings": {"server_url": OIDC_ISSUER},
    }
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_oidc_app], "OAUTH_PKCE_ENABLED": True}}

# --- session --------------------------------------------------------------------------------------------------
SESSION_IDLE_SECONDS = 15 * 60
SESSION_HARD_SECONDS = 12 * 60 * 60
SESSION_COOKIE_AGE = SESSION_HARD_SECONDS
SESSION_END_KEEPS = "lotse.organisations.typed.keep_typed"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
HTTPS = env.bool("LOTSE_HTTPS", default=PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.bool("LOTSE_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)  # whose X-Forwarded-For says where a login comes from
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # KERN's icons are data URIs
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *filter(None, [_origin(OIDC_ISSUER)])],  # the way to the organisation's login
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}

# --- language, time -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["lotse.config.formats"]

# --- files ----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = LOTSE_HOME / "static"
STORED_FILES = LOTSE_HOME / "files"
S3_BUCKET = env.str("LOTSE_S3_BUCKET", default="")
_local = {"location": STORED_FILES, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
_files_backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": _local}
if S3_BUCKET:
    _bucket = {"bucket_name": S3_BUCKET, "endpoint_url": env.str("LOTSE_S3_ENDPOINT", default="") or None}
    _files_backend = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {**_bucket, "default_acl": "private"}}
_manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": _files_backend,
    "staticfiles": {"BACKEND": _plain if TESTING else _manifest},
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    "png",
    "woff2",
    "ttf",
]  # the last are for Typst: large, and no browser asks for them
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = ["lotse.documents.uploads.BoundedUploadHandler"]
UPLOAD_MAX_BYTES = env.int("LOTSE_UPLOAD_MAX_MB", default=20) * 1024 * 1024
UPLOAD_TYPES = ["application/pdf", "image/jpeg", "image/png"]
VIRUS_SCANNER = env.str("LOTSE_VIRUS_SCANNER", default="")  # see lotse.documents.scanning
VIRUS_SCANNER_DOWN = env.str("LOTSE_VIRUS_SCANNER_DOWN", default="refuse")  # or "quarantine"

# --- mail, tasks ----------------------------------------------------------------------------------------------
# The demo prints its mail; elsewhere a text on the console would be a text in the logs.
EMAIL_CONFIG = env.email_url("LOTSE_EMAIL_URL", default="consolemail://" if DEMO else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("LOTSE_MAIL_FROM", default="lotse@localhost")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
if TESTING:
    TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# --- rights ---------------------------------------------------------------------------------------------------
GOAL_WITHIN_DAYS = env.int("LOTSE_GOAL_WITHIN_DAYS", default=60)  # how long case management may be without a goal
SMALL_CELL_INSIDE = 3  # facts.md §7.4: threshold of the Federal Employment Agency
SMALL_CELL_OUTSIDE = 5  # for anything that leaves the organisation

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOTSE_LOG_LEVEL", default="INFO")},
    "loggers": {"django.server": {"handlers": [], "propagate": False}},  # its lines hold query strings
}
