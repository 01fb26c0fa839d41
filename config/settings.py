"""One settings file: the environment comes in here and nowhere else. Grouped as the floors are."""

from pathlib import Path

from config.env import (
    database_from_url,
    env_bool,
    env_int,
    env_secret,
    env_str,
    kept,
    sendfile_from_env,
    storage_from_env,
)
from signoff.integrations.postgres.paths import database_url, default_data_dir

# --- where things are -------------------------------------------------------------------------
ROOT = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env_str("SIGNOFF_DATA_DIR") or default_data_dir()).expanduser().resolve()
BASE_PATH = "/" + env_str("SIGNOFF_BASE_PATH").strip("/") if env_str("SIGNOFF_BASE_PATH").strip("/") else ""
HOST = env_str("SIGNOFF_HOST", "127.0.0.1")
PORT = env_int("PORT", 8000)
WEB_WORKERS = env_int("SIGNOFF_WEB_WORKERS", 1)

# --- the ground: database, queue, cache --------------------------------------------------------
EMBEDDED_DATABASE = not env_str("DATABASE_URL")
DATABASE_URL = env_str("DATABASE_URL") or database_url(DATA_DIR)
DATABASES = {"default": database_from_url(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"},
}

# --- secrets and doors ---------------------------------------------------------------------------
DEBUG = env_bool("SIGNOFF_DEBUG", False)
SECRET_KEY = env_secret("AUTH_SECRET") or kept(DATA_DIR / "secret_key") or "insecure: `signoff up` makes a real one"
ALLOWED_HOSTS = [h for h in env_str("SIGNOFF_ALLOWED_HOSTS", "*").split(",") if h]
CSRF_TRUSTED_ORIGINS = [o for o in env_str("SIGNOFF_TRUSTED_ORIGINS").split(",") if o]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env_bool("SIGNOFF_HTTPS", False)
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "signoff_session", "signoff_csrf"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{BASE_PATH}/"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "signoff.web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

ROOT_URLCONF = "config.urls"
FORCE_SCRIPT_NAME = BASE_PATH or None
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    "signoff.audit",
    "signoff.accounts",
    "signoff.notifications",
    "signoff.live",
    "signoff.projects",
    "signoff.pipelines",
    "signoff.deliverables",
    "signoff.revisions",
    "signoff.sheets",
    "signoff.api",
    "signoff.web",
    "signoff.ops",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "signoff.web.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "signoff.web.actor.FirstPasswordMiddleware",
    "signoff.web.errors.RefusalMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "signoff" / "web" / "templates"],
        "OPTIONS": {"environment": "signoff.web.jinja.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
STATIC_URL = f"{BASE_PATH}/static/"
STATIC_DIR = ROOT / "signoff" / "web" / "static"
STATIC_ROOT = STATIC_DIR  # WhiteNoise serves it, below the base path
WHITENOISE_AUTOREFRESH = DEBUG

# --- people and sign-in --------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "sign-in", "dashboard", "sign-in"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,30/5m/ip"}
ACCOUNT_ADAPTER = "signoff.web.sign_in.AccountAdapter"
ADMIN_EMAIL, ADMIN_PASSWORD = env_str("ADMIN_EMAIL"), env_secret("ADMIN_PASSWORD")

# --- words, time, mail ----------------------------------------------------------------------------
LANGUAGE_CODE, USE_I18N, USE_TZ, TIME_ZONE = "en-gb", True, True, "UTC"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env_str("SIGNOFF_MAIL_FROM", "signoff@localhost")

# --- files -----------------------------------------------------------------------------------------
STORAGE = storage_from_env(DATA_DIR)
SENDFILE = sendfile_from_env()
UPLOAD_MAX_BYTES = env_int("SIGNOFF_UPLOAD_MAX_BYTES", 5 * 1024**3)
UPLOAD_HOURS = env_int("SIGNOFF_UPLOAD_HOURS", 48)  # an upload that nobody goes on with is forgotten then
STORAGE_RESERVE_BYTES = env_int("SIGNOFF_STORAGE_RESERVE_BYTES", 512 * 1024**2)  # never filled by uploads
MEDIA_MEMORY_BYTES = env_int("SIGNOFF_MEDIA_MEMORY_BYTES", 3 * 1024**3)  # a decoder's, at most
MEDIA_SECONDS = env_int("SIGNOFF_MEDIA_SECONDS", 900)
MEDIA_HEAVY_AT_ONCE = max(env_int("SIGNOFF_MEDIA_HEAVY_AT_ONCE", 2), 1)  # films and large files
MEDIA_PIXELS = env_int("SIGNOFF_MEDIA_PIXELS", 300_000_000)
MEDIA_PAGES = env_int("SIGNOFF_MEDIA_PAGES", 200)

# --- what the product lets through ----------------------------------------------------------------
SHEET_MAX_BYTES = env_int("SIGNOFF_SHEET_MAX_BYTES", 20 * 1024 * 1024)
SHEET_MAX_ROWS = env_int("SIGNOFF_SHEET_MAX_ROWS", 50_000)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env_str("SIGNOFF_LOG_LEVEL", "WARNING")},
}
