"""One settings file: the environment comes in here and nowhere else. Grouped as the floors are."""

from pathlib import Path

from config.env import (
    cookie_prefix,
    database_from_url,
    env_bool,
    env_int,
    env_secret,
    env_str,
    hosts_from_env,
    kept,
    mail_sender_from_env,
    mail_server_from_env,
    proxies_from_env,
    sendfile_from_env,
    storage_from_env,
)
from config.sso import providers_from_env
from signoff.integrations.postgres.paths import database_url, default_data_dir

# --- where things are -------------------------------------------------------------------------
ROOT = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env_str("SIGNOFF_DATA_DIR") or default_data_dir()).expanduser().resolve()
BASE_PATH = "/" + env_str("SIGNOFF_BASE_PATH").strip("/") if env_str("SIGNOFF_BASE_PATH").strip("/") else ""
HOST = env_str("SIGNOFF_HOST", "127.0.0.1")
PORT = env_int("PORT", 8000)
# What people type to get here; links in mails begin with it, never with what a request says its host is.
PUBLIC_URL = (env_str("SIGNOFF_PUBLIC_URL") or f"http://localhost:{PORT}{BASE_PATH}").rstrip("/")
WEB_WORKERS = env_int("SIGNOFF_WEB_WORKERS", 1)

# --- the ground: database, queue, cache --------------------------------------------------------
EMBEDDED_DATABASE = not env_str("DATABASE_URL")
DATABASE_URL = env_str("DATABASE_URL") or database_url(DATA_DIR)
DATABASES = {"default": database_from_url(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# --- secrets and doors ---------------------------------------------------------------------------
DEBUG = env_bool("SIGNOFF_DEBUG", False)
SECRET_KEY = env_secret("AUTH_SECRET") or kept(DATA_DIR / "secret_key") or "insecure: `signoff up` makes a real one"
ALLOWED_HOSTS = hosts_from_env(PUBLIC_URL, HOST)
TRUSTED_PROXIES = proxies_from_env()  # whose X-Forwarded-For is believed; `core.origin` reads it
CSRF_TRUSTED_ORIGINS = [o for o in env_str("SIGNOFF_TRUSTED_ORIGINS").split(",") if o]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS = env_bool("SIGNOFF_HTTPS", False)
COOKIE_PREFIX = cookie_prefix(HTTPS, BASE_PATH)
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}signoff_session", f"{COOKIE_PREFIX}signoff_csrf"
DEVICE_COOKIE_NAME = f"{COOKIE_PREFIX}signoff_device"
GUEST_COOKIE_NAME = ("__Secure-" if HTTPS else "") + "signoff_guest"  # its path is that of one link's pages
CSRF_COOKIE_HTTPONLY = True  # pages carry the token themselves
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{BASE_PATH}/"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_ENGINE = "signoff.access.session_store"
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
    "django.contrib.humanize",  # allauth.usersessions asks for it
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "signoff.audit",
    "signoff.accounts",
    "signoff.access",
    "signoff.notifications",
    "signoff.live",
    "signoff.projects",
    "signoff.pipelines",
    "signoff.deliverables",
    "signoff.revisions",
    "signoff.feedback",
    "signoff.reviews",
    "signoff.guests",
    "signoff.sheets",
    "signoff.api",
    "signoff.web",
    "signoff.ops",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "signoff.web.csp.ContentSecurityPolicyMiddleware",
    "signoff.web.protections.ProtectionsMiddleware",
    "signoff.api.health.HealthMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "signoff.web.guest.way.GuestMiddleware",
    "signoff.web.last_seen.LastSeenMiddleware",
    "signoff.web.looking.LookingMiddleware",
    "signoff.web.actor.FirstPasswordMiddleware",
    "signoff.web.actor.SecondFactorMiddleware",
    "signoff.web.same_house.SameHouseMiddleware",
    "signoff.web.errors.RefusalMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "signoff" / "web" / "templates"],
        "OPTIONS": {
            "environment": "signoff.web.jinja.environment",
            "context_processors": ["signoff.web.same_house.page_input"],
        },
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
    "signoff.web.entrance.PasswordBackend",
    "django.contrib.auth.backends.ModelBackend",
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
ACCOUNT_RATE_LIMITS = {"login_failed": "", "login": ""}  # passwords, codes and links are counted by `access.limits`
PASSWORD_RESET_TIMEOUT = 3600  # seconds that the link of a forgotten password is good
ACCOUNT_ADAPTER = "signoff.web.sign_in.AccountAdapter"
MFA_ADAPTER = "signoff.web.account.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off; that no code works twice, access.factors sees to
# allauth refuses second factors to whose address is not verified, lest somebody signs up with the address of another
# and locks them out. Nobody signs up here: an admin, an invitation or a provider names the address, and its person has
# shown that they hold the account by its one-time password, the invitation's link or the provider's word.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN stays off, with SIGNOFF_DEBUG too: it would let any origin pass, and
# http://localhost, where passkeys are tried out, passes without it.
SSO_PROVIDERS = providers_from_env()
ADMIN_EMAIL, ADMIN_PASSWORD = env_str("ADMIN_EMAIL"), env_secret("ADMIN_PASSWORD")

# --- words, time, mail ----------------------------------------------------------------------------
LANGUAGE_CODE, USE_I18N, USE_TZ, TIME_ZONE = "en-gb", True, True, "UTC"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS, EMAIL_USE_SSL = mail_server_from_env()
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env_str("SIGNOFF_SMTP_USER"), env_secret("SIGNOFF_SMTP_PASSWORD")
EMAIL_TIMEOUT = env_int("SIGNOFF_SMTP_TIMEOUT", 20)
DEFAULT_FROM_EMAIL = mail_sender_from_env()

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
    "filters": {"without_links": {"()": "config.logs.WithoutLinks"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_links"]}},
    "root": {"handlers": ["stderr"], "level": env_str("SIGNOFF_LOG_LEVEL", "WARNING")},
}
