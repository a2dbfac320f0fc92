"""What an error of Google means, how often it is asked again, and what someone is told who set it up wrongly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from google.api_core import exceptions as google

from connectors.ga4.limits import Pace, kind_of
from connectors.ga4.names import property_id, told
from connectors.services.pace import AT_ONCE, ATTEMPTS, LONGEST_WAIT, SERVER_ERRORS, Kind, Pause, Refused
from data.model import UserError

REVOKED = (
    "Getting metadata from plugin failed with error: ('invalid_grant: Invalid JWT Signature.', "
    "{'error': 'invalid_grant', 'error_description': 'Invalid JWT Signature.'})"
)
UNREACHED = (
    "Getting metadata from plugin failed with error: HTTPSConnectionPool(host='oauth2.googleapis.com', port=443): "
    "Max retries exceeded with url: /token"
)
BUSY = "Getting metadata from plugin failed with error: ('<html><title>Error 502 (Server Error)!!1</title>',)"
SAID = (
    (google.ServiceUnavailable("The service is currently unavailable."), Kind.PASSING),
    (google.InternalServerError("Internal error encountered."), Kind.PASSING),
    (google.DeadlineExceeded("Deadline Exceeded"), Kind.PASSING),
    (google.Aborted("The operation was aborted."), Kind.PASSING),
    (google.Unknown("Unknown Error."), Kind.PASSING),
    (google.ServiceUnavailable(REVOKED), Kind.KEY),
    (google.ServiceUnavailable(UNREACHED), Kind.PASSING),
    (google.ServiceUnavailable(BUSY), Kind.PASSING),
    (google.Unauthenticated("Request had invalid authentication credentials."), Kind.KEY),
    (google.ResourceExhausted("Exhausted concurrent requests quota."), Kind.CROWDED),
    (google.ResourceExhausted("Exhausted property tokens for a project per hour."), Kind.HOUR),
    (google.ResourceExhausted("Exhausted server errors quota."), Kind.HOUR),
    (google.ResourceExhausted("Exhausted property tokens per day."), Kind.DAY),
    (google.ResourceExhausted("Received message larger than max (41700000 vs. 4194304)"), Kind.BUG),
    (google.PermissionDenied("User does not have sufficient permissions for this property."), Kind.RIGHT),
    (google.InvalidArgument("Field x is not a valid dimension."), Kind.QUESTION),
    (ZeroDivisionError("a fault of ours"), Kind.BUG),
)


@pytest.mark.parametrize(("error", "kind"), SAID, ids=lambda one: getattr(one, "value", type(one).__name__))
def test_an_error_says_what_is_to_be_done(error: Exception, kind: Kind) -> None:
    assert kind_of(error) is kind


def failing(*errors: Exception) -> Callable[[], str]:
    """A question that fails so, and then is answered."""
    left = list(errors)

    def ask() -> str:
        if left:
            raise left.pop(0)
        return "answer"

    return ask


def pace() -> tuple[Pace, list[float]]:
    """A pace that does not sleep, and what it would have slept."""
    slept: list[float] = []
    return Pace(sleep=slept.append, chance=lambda: 1.0), slept


def test_what_passes_is_asked_again_after_a_longer_wait_each_time() -> None:
    run, slept = pace()
    assert run.ask(failing(*[google.ServiceUnavailable("later")] * 4)) == "answer"
    assert slept == [0.5, 1.0, 2.0, 4.0]
    assert max(slept) <= LONGEST_WAIT


def test_server_errors_are_spent_from_one_budget_for_the_whole_run() -> None:
    run, slept = pace()
    with pytest.raises(Pause):
        for _ in range(SERVER_ERRORS + 1):
            run.ask(failing(google.InternalServerError("later")))
    assert len(slept) == SERVER_ERRORS, "after six, the seventh ends the run: ten would close the property for an hour"


def test_one_question_is_asked_five_times_at_most() -> None:
    run, slept = pace()
    with pytest.raises(Pause) as ended:
        run.ask(failing(*[google.ServiceUnavailable("later")] * ATTEMPTS))
    assert ended.value.kind is Kind.PASSING
    assert len(slept) == ATTEMPTS - 1


def test_a_revoked_key_is_not_tried_again_though_it_looks_like_an_outage() -> None:
    run, slept = pace()
    with pytest.raises(Refused) as ended:
        run.ask(failing(google.ServiceUnavailable(REVOKED)))
    assert (ended.value.kind, slept, run.errors_left) == (Kind.KEY, [], SERVER_ERRORS)


@pytest.mark.parametrize(
    ("text", "kind"), [("tokens for a project per hour", Kind.HOUR), ("tokens per day", Kind.DAY)], ids=["hour", "day"]
)
def test_an_empty_bucket_ends_the_run_at_once(text: str, kind: Kind) -> None:
    run, slept = pace()
    with pytest.raises(Pause) as ended:
        run.ask(failing(google.ResourceExhausted(f"Exhausted property {text}.")))
    assert (ended.value.kind, slept) == (kind, [])


def test_where_many_ask_at_once_fewer_are_asked_and_then_again() -> None:
    run, slept = pace()
    assert run.ask(failing(google.ResourceExhausted("Exhausted concurrent requests quota."))) == "answer"
    assert (run.at_once, len(slept), run.errors_left) == (1, 1, SERVER_ERRORS)


def test_a_bug_keeps_its_traceback() -> None:
    run, _ = pace()
    with pytest.raises(ZeroDivisionError):
        run.ask(lambda: 1 // 0)


def test_no_more_than_three_questions_are_open_at_a_time() -> None:
    run, open_now, most, lock = Pace(), 0, 0, threading.Lock()

    def ask() -> None:
        nonlocal open_now, most
        with lock:
            open_now += 1
            most = max(most, open_now)
        time.sleep(0.01)
        with lock:
            open_now -= 1

    threads = [threading.Thread(target=run.ask, args=(ask,)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == AT_ONCE


def test_the_last_tenth_of_the_hour_is_left_to_others() -> None:
    run, _ = pace()
    run.note({"tokens_per_project_per_hour": (2, 1_400), "server_errors_per_project_per_hour": (0, 4)})
    run.may_go_on()
    run.note({"tokens_per_project_per_hour": (2, 1_398)})
    with pytest.raises(Pause):
        run.may_go_on()


def test_few_server_errors_left_end_the_run() -> None:
    run, _ = pace()
    run.note({"tokens_per_project_per_hour": (2, 9_000), "server_errors_per_project_per_hour": (0, 3)})
    with pytest.raises(Pause):
        run.may_go_on()


# Which property


@pytest.mark.parametrize("text", ["123456789", " 123456789 ", "properties/123456789"])
def test_a_property_is_known_by_its_number(text: str) -> None:
    assert property_id(text) == "123456789"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("G-7F1AE12JLR", "Measurement ID"), ("UA-1234-5", "Universal Analytics"), ("GTM-ABC", "Tag Manager"),
        ("AW-1", "Google Ads"), ("acme.example", "not the number of a property"), ("", "not the number"),
        ("0123", "not the number"), ("12 34", "not the number"), ("1" * 30, "not the number"),
    ],
)  # fmt: skip
def test_another_number_is_refused_with_where_the_right_one_stands(text: str, what: str) -> None:
    with pytest.raises(UserError) as refused:
        property_id(text)
    assert what in str(refused.value) and "Property details" in str(refused.value)
    assert text.strip() in str(refused.value)


def test_a_missing_right_names_the_address_to_add() -> None:
    refused = Refused(Kind.RIGHT, "User does not have sufficient permissions for this property.")
    assert "vigie@acme.iam.gserviceaccount.com may not look at property 42" in str(
        told(refused, "42", "vigie@acme.iam.gserviceaccount.com")
    )
    off = Refused(
        Kind.RIGHT, "Google Analytics Data API has not been used in project 7 before. Enable it by visiting …"
    )
    assert "not switched on" in str(told(off, "42", "")) and "Enable it by visiting" in str(told(off, "42", ""))
