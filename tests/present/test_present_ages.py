"""Ages are counted in days of the calendar, where the reader is."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

import pytest

from tui.present.ages import age, changes_at, day

Moment = Callable[[str], float]
AMERICA, EUROPE, ISLAND = "America/New_York", "Europe/Berlin", "Pacific/Kiritimati"


@pytest.fixture
def moment(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Moment:
    """Unix time of a local time such as ``2026-03-29 02:30``, in the zone that the test is given."""
    if not hasattr(time, "tzset"):
        pytest.skip("this platform cannot change its time zone")
    monkeypatch.setenv("TZ", getattr(request, "param", EUROPE))
    time.tzset()
    request.addfinalizer(time.tzset)
    request.addfinalizer(monkeypatch.undo)
    return lambda text: datetime.fromisoformat(text).timestamp()


AGES = [
    ("2026-11-20 10:00", "today"),
    ("2026-11-20 00:00", "today"),
    ("2026-11-20 23:59", "today"),  # a clock that was ahead
    ("2026-11-21 12:00", "today"),
    ("2026-11-19 23:59", "yesterday"),
    ("2026-11-19 00:00", "yesterday"),
    ("2026-11-18 23:59", "2 days ago"),
    ("2026-11-07 00:00", "13 days ago"),
    ("2026-11-06 12:00", "2 weeks ago"),
    ("2026-10-31 12:00", "2 weeks ago"),
    ("2026-10-30 12:00", "3 weeks ago"),
    ("2026-09-22 12:00", "8 weeks ago"),
    ("2026-09-21 12:00", "2 months ago"),
    ("2025-11-20 12:00", "12 months ago"),
    ("2024-11-20 12:00", "2 years ago"),
    ("1970-01-02 00:00", "56 years ago"),
]


@pytest.mark.parametrize(("then", "words"), AGES)
@pytest.mark.parametrize("moment", [AMERICA, EUROPE, ISLAND], indirect=True)
def test_how_old(moment: Moment, then: str, words: str) -> None:
    assert age(moment(then), moment("2026-11-20 12:00")) == words


MIDNIGHTS = [
    (EUROPE, "2026-03-29", "2026-03-30"),  # 23 hours: the clock goes from 2 to 3
    (EUROPE, "2026-10-25", "2026-10-26"),  # 25 hours
    (AMERICA, "2026-03-08", "2026-03-09"),
    (AMERICA, "2026-11-01", "2026-11-02"),
    (ISLAND, "2026-12-31", "2027-01-01"),
    (EUROPE, "2028-02-28", "2028-02-29"),
]


@pytest.mark.parametrize(("moment", "today", "tomorrow"), MIDNIGHTS, indirect=["moment"])
@pytest.mark.parametrize("hour", ["00:00", "00:30", "01:30", "04:00", "12:00", "23:59"])
def test_today_ends_at_midnight(moment: Moment, today: str, tomorrow: str, hour: str) -> None:
    now, midnight = moment(f"{today} {hour}"), moment(f"{tomorrow} 00:00")
    assert changes_at(now) == midnight
    assert age(now, midnight - 1) == "today"
    assert age(now, midnight) == "yesterday"


@pytest.mark.parametrize("moment", [AMERICA, EUROPE, ISLAND], indirect=True)
def test_a_day_is_a_local_one(moment: Moment) -> None:
    for hour in ("00:00", "12:00", "23:59"):
        assert day(moment(f"2026-11-21 {hour}")) == "2026-11-21"
