"""How old something is, and how long something takes, in words. Light: the fast path of `show` asks it as well."""

import time

_DAY = 86_400


def age(then: float, now: float) -> str:
    """``today``, ``yesterday``, ``5 days ago``, ``3 weeks ago``, ``2 years ago``; calendar days, local time."""
    days = _day(now) - _day(then)
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    for size, name in ((365, "year"), (30, "month"), (7, "week")):
        if days >= 2 * size:
            return f"{days // size} {name}s ago"
    return f"{days} days ago"


def changes_at(now: float) -> float:
    """When `age` may next say something else: the next local midnight, Unix seconds."""
    here = time.localtime(now)
    return time.mktime((here.tm_year, here.tm_mon, here.tm_mday + 1, 0, 0, 0, 0, 0, -1))


def day(then: float) -> str:
    """``2026-11-21``, local time."""
    return time.strftime("%Y-%m-%d", time.localtime(then))


def duration(seconds: float) -> str:
    """``1 second``, ``40 seconds``, ``7 minutes``, ``2.5 hours``."""
    if seconds < 1.5:
        return "1 second"
    if seconds < 90:
        return f"{round(seconds)} seconds"
    if seconds < 5400:
        return f"{round(seconds / 60)} minutes"
    return f"{seconds / 3600:.1f} hours"


def _day(moment: float) -> int:
    here = time.localtime(moment)
    return (int(moment) + here.tm_gmtoff) // _DAY
