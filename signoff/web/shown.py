"""How values look on pages: dates, times ago, days to go, numbers, sizes. Pure but for today's date."""

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from signoff.accounts.models import Membership

MINUTE, HOUR, DAY = 60, 3600, 86400
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def days_until(day: date | None, today: date | None = None) -> int | None:
    """Days from today to `day`; negative when it is over, None when there is no day."""
    return None if day is None else (day - (today or timezone.localdate())).days


def short_date(day: date | datetime | None, today: date | None = None) -> str:
    """`12 Dec`, with the year when it is another one; empty for none."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    words = f"{day.day} {_(MONTHS[day.month - 1])}"
    return words if day.year == (today or timezone.localdate()).year else f"{words} {day.year}"


def ago(moment: datetime | None, at: datetime | None = None) -> str:
    """`just now`, `4 min ago`, `2 h ago`, `yesterday`, `3 d ago`, then the date."""
    if moment is None:
        return ""
    at = at or timezone.now()
    seconds = max((at - moment).total_seconds(), 0)
    if seconds < MINUTE:
        return _("just now")
    if seconds < HOUR:
        return _("%(count)d min ago") % {"count": seconds // MINUTE}
    days = (timezone.localtime(at).date() - timezone.localtime(moment).date()).days
    if days < 1 or seconds < 6 * HOUR:
        return _("%(count)d h ago") % {"count": seconds // HOUR}
    if days == 1:
        return _("yesterday")
    return _("%(count)d d ago") % {"count": days} if days < 7 else short_date(moment, at.date())


def time_of_day(moment: datetime | None) -> str:
    return "" if moment is None else timezone.localtime(moment).strftime("%H:%M")


def full_time(moment: datetime | None) -> str:
    """For titles and `datetime`: `12 Dec 2026, 14:05`."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{local.day} {_(MONTHS[local.month - 1])} {local.year}, {local:%H:%M}"


def zone_of(member: Membership) -> tzinfo:
    """The time zone of this person, else of their house; the installation's when there is no such zone any more."""
    try:
        return ZoneInfo(member.user.preferences.get("time_zone") or member.organization.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return timezone.get_current_timezone()


def number(value: float | None, decimals: int = 0) -> str:
    return "" if value is None else number_format(value, decimals, use_l10n=True, force_grouping=True)


def file_size(size: int | None) -> str:
    """`840 B`, `12 kB`, `4.2 MB`, `1.9 GB`."""
    if size is None:
        return ""
    if size < 1000:
        return f"{size} B"
    amount = float(size)
    for unit in ("kB", "MB", "GB", "TB"):
        amount /= 1000
        if amount < 999.5 or unit == "TB":
            return f"{amount:.0f} {unit}" if amount >= 10 or unit == "kB" else f"{amount:.1f} {unit}"
    raise AssertionError("the last unit always returns")


def duration(milliseconds: int | None) -> str:
    """`0:10`, `1:02:03`; what is shorter than a second counts as one."""
    if milliseconds is None:
        return ""
    seconds = max(round(milliseconds / 1000), 1)
    minutes, hours = seconds // 60 % 60, seconds // HOUR
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes}:{seconds % 60:02d}"


def count_of(amount: int, one: str, many: str) -> str:
    """`1 project`, `3 projects`."""
    return f"{number(amount)} {ngettext(one, many, amount)}"
