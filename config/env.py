"""Reading the environment: one function a type, each with its default, none with side effects."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from signoff.core.proxies import Proxies, proxies_of

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})
MAIL_PORTS = {"starttls": 587, "tls": 465, "none": 25}
# The server keeps the plans of statements that come again: planning is half the time of our small ones.
PLANNED_ONCE = {"server_side_binding": True, "prepare_threshold": 5}


def env_str(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def env_int(name: str, default: int) -> int:
    text = os.environ.get(name, "")
    return _number(name, text) if text else default


def env_bool(name: str, default: bool) -> bool:
    text = os.environ.get(name, "1" if default else "0").strip().lower()
    if text not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be true or false, not {text!r}.")
    return text in TRUE


def env_secret(name: str) -> str:
    """The value of NAME, or the content of the file that NAME_FILE names (a mounted secret)."""
    path = os.environ.get(f"{name}_FILE", "")
    return Path(path).read_text().strip() if path else os.environ.get(name, "")


def kept(file: Path) -> str:
    """What this file keeps; nothing when it is not there, or not for us."""
    try:
        return file.read_text().strip()
    except OSError:
        return ""


def database_from_url(url: str) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name?option=value`.

    A socket directory goes into the query (`?host=/run/postgresql`), as libpq has it. Behind a pooler that
    gives a connection to one transaction at a time, add `prepare_threshold=0`: plans are not kept then.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgresql://.")
    options: dict[str, Any] = {**PLANNED_ONCE, **dict(parse_qsl(parts.query))}
    options.pop("schema", None)
    options["prepare_threshold"] = _number("prepare_threshold", str(options["prepare_threshold"])) or None
    host = options.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "signoff.integrations.postgres.backend",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def storage_from_env(data_dir: Path) -> dict[str, Any]:
    """Where files are kept: `SIGNOFF_STORAGE` is `directory` (`SIGNOFF_MEDIA_DIR`, else the data's) or `s3`."""
    kind = env_str("SIGNOFF_STORAGE", "directory")
    if kind == "directory":
        root = Path(env_str("SIGNOFF_MEDIA_DIR") or data_dir / "media").expanduser()
        return {"class": "signoff.integrations.storage.directory.DirectoryStorage", "options": {"root": root}}
    if kind != "s3":
        raise ImproperlyConfigured(f"SIGNOFF_STORAGE must be directory or s3, not {kind!r}.")
    if not env_str("S3_BUCKET"):
        raise ImproperlyConfigured("SIGNOFF_STORAGE=s3 needs S3_BUCKET.")
    options = {
        "bucket": env_str("S3_BUCKET"),
        "endpoint_url": env_str("S3_ENDPOINT_URL"),
        "public_endpoint_url": env_str("S3_PUBLIC_ENDPOINT_URL"),
        "region": env_str("S3_REGION"),
        "access_key": env_str("S3_ACCESS_KEY_ID"),
        "secret_key": env_secret("S3_SECRET_ACCESS_KEY"),
        "prefix": env_str("S3_PREFIX"),
    }
    return {"class": "signoff.integrations.storage.s3.S3Storage", "options": options}


def proxies_from_env() -> Proxies:
    """`SIGNOFF_TRUSTED_PROXIES`: whose `X-Forwarded-For` is believed, as a number or as networks; empty is nobody's."""
    try:
        return proxies_of(env_str("SIGNOFF_TRUSTED_PROXIES"))
    except ValueError as error:
        raise ImproperlyConfigured(
            "SIGNOFF_TRUSTED_PROXIES must be a number of proxies, or their addresses: 10.0.0.0/8,127.0.0.1."
        ) from error


def hosts_from_env(public_url: str, host: str) -> list[str]:
    """`SIGNOFF_ALLOWED_HOSTS`, and always: the host of `public_url`, this machine by itself, and where we listen.

    A page asked for under any other name is refused, so that no link is made from what a stranger says we are.
    """
    asked = [name.strip() for name in env_str("SIGNOFF_ALLOWED_HOSTS").split(",") if name.strip()]
    ours = [urlsplit(public_url).hostname or "", "localhost", "127.0.0.1", "[::1]"]
    listening = [] if host in ("0.0.0.0", "::", "") else [f"[{host}]" if ":" in host else host]
    return list(dict.fromkeys(name for name in (*asked, *ours, *listening) if name))


def cookie_prefix(is_https: bool, base_path: str) -> str:
    """What makes browsers refuse a cookie of this name that another host, or plain HTTP, tries to set."""
    if not is_https:
        return ""
    return "__Secure-" if base_path else "__Host-"


def sendfile_from_env() -> tuple[str, str]:
    """`SIGNOFF_SENDFILE`: who sends files out. Header and what stands before the key in it; empty for ourselves.

    `accel:/internal/` is nginx with such an internal location, `sendfile` Apache, lighttpd or Caddy.
    """
    way, _, prefix = env_str("SIGNOFF_SENDFILE").partition(":")
    if way == "accel" and prefix.startswith("/"):
        return "x-accel-redirect", prefix.rstrip("/") + "/"
    if way not in ("", "sendfile") or prefix:
        raise ImproperlyConfigured("SIGNOFF_SENDFILE must be accel:/a-location/ or sendfile.")
    return ("x-sendfile", "") if way else ("", "")


def mail_server_from_env() -> tuple[str, int, bool, bool]:
    """Host, port, STARTTLS, TLS from the first byte. No host: there is no mail."""
    security = env_str("SIGNOFF_SMTP_SECURITY", "starttls").lower()
    if security not in MAIL_PORTS:
        raise ImproperlyConfigured(f"SIGNOFF_SMTP_SECURITY must be starttls, tls or none, not {security!r}.")
    port = env_int("SIGNOFF_SMTP_PORT", MAIL_PORTS[security])
    return env_str("SIGNOFF_SMTP_HOST").strip(), port, security == "starttls", security == "tls"


def mail_sender_from_env() -> str:
    """The bare address that mails come from; the name before it is the house's own."""
    sender = env_str("SIGNOFF_MAIL_FROM", "signoff@localhost").strip()
    if sender.count("@") != 1 or any(letter in sender for letter in " <>,;\r\n"):
        raise ImproperlyConfigured(
            f"SIGNOFF_MAIL_FROM must be one address like signoff@studio.example, not {sender!r}."
        )
    return sender


def _number(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {text!r}.") from error
