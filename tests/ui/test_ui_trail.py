"""Back and forward through what was visited."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.model.results import ResultPage
from tui.ui.trail import Trail, Visit


def visit(name: str | int, cursor: int = 0) -> Visit:
    return Visit(ResultPage(str(name)), cursor, 7)


def names(trail: Trail) -> list[str]:
    """Everything on the trail, from its end; the trail stands at its beginning afterwards."""
    while trail.can_go_forward:
        trail.forward()
    found = []
    while trail.can_go_back:
        found.append(trail.back().page.query)
    return found


def test_nothing_was_visited_yet() -> None:
    trail = Trail()
    assert not trail.can_go_back
    assert not trail.can_go_forward
    trail.stay(visit("nowhere"))
    assert not trail.can_go_back


def test_one_goes_back_and_forward_again() -> None:
    trail = Trail()
    for name in "abc":
        trail.go(visit(name))
    assert not trail.can_go_forward
    assert [trail.back(), trail.back()] == [visit("b"), visit("a")]
    assert not trail.can_go_back
    assert [trail.forward(), trail.forward()] == [visit("b"), visit("c")]


def test_a_new_visit_ends_what_lay_ahead() -> None:
    trail = Trail()
    for name in "abc":
        trail.go(visit(name))
    trail.back()
    trail.go(visit("d"))
    assert not trail.can_go_forward
    assert trail.back() == visit("b")
    assert trail.forward() == visit("d")


def test_a_place_remembers_what_became_of_it() -> None:
    trail = Trail()
    trail.go(visit("a"))
    trail.go(visit("b"))
    trail.stay(visit("b", cursor=9))
    assert trail.back() == visit("a")
    trail.stay(visit("a", cursor=3))
    assert trail.forward() == visit("b", cursor=9)
    assert trail.back() == visit("a", cursor=3)


def test_the_oldest_visits_are_forgotten() -> None:
    trail = Trail()
    for number in range(1000):
        trail.go(visit(number))
    found = names(trail)
    assert found[0] == "998"
    assert len(found) < 1000
    assert found == [str(number) for number in range(998, 998 - len(found), -1)]


@given(st.lists(st.sampled_from(["go", "back", "forward", "stay"]), max_size=60))
def test_it_is_a_line_with_a_place_on_it(moves: list[str]) -> None:
    trail, visits, at = Trail(), list[Visit](), -1
    for number, move in enumerate(moves):
        if move == "go":
            visits[at + 1 :] = [visit(number)]
            at += 1
            trail.go(visit(number))
        elif move == "stay" and visits:
            visits[at] = visit(number)
            trail.stay(visit(number))
        elif move == "back" and trail.can_go_back:
            at -= 1
            assert trail.back() == visits[at]
        elif move == "forward" and trail.can_go_forward:
            at += 1
            assert trail.forward() == visits[at]
        assert (trail.can_go_back, trail.can_go_forward) == (at > 0, at < len(visits) - 1)
