"""The Jinja2 environment of all pages: what templates may call without being given it."""

import json
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.html import json_script
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from signoff import mails
from signoff.web import assets, shown, words


def environment(**options: Any) -> Environment:
    """Called by Django's Jinja2 backend. An undefined name is an error, in operation as in tests."""
    options.update(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"])
    made = Environment(**options)
    made.install_gettext_translations(translation, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        url=url,
        asset=assets.asset,
        icon_sprite=lambda: Markup(assets.icon_sprite()),
        statuses=words.STATUSES,
        approval_types=words.APPROVAL_TYPES,
        count_of=shown.count_of,
        has_mail=mails.is_configured,
    )
    made.filters.update(
        due=shown.days_until,
        date=shown.short_date,
        ago=shown.ago,
        time=shown.time_of_day,
        moment=shown.full_time,
        number=shown.number,
        filesize=shown.file_size,
        duration=shown.duration,
        json_script=json_script,
        attr_json=lambda value: json.dumps(value, default=str),
    )
    return made


def url(name: str, *args: str | UUID | int, **kwargs: str | UUID | int) -> str:
    """The address of a named page of urls.py."""
    return reverse(name, args=args or None, kwargs=kwargs or None)
