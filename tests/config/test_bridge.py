"""The bridge with a small WSGI application behind it, asked as the server asks."""

import threading

import pytest

from config import bridge
from config.bridge import ThreadedWsgi
from tests.loops import run_in_loop

SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/studio/a b/ü",
    "root_path": "/studio",
    "query_string": b"q=1&r=%20",
    "http_version": "1.1",
    "scheme": "http",
    "server": ("127.0.0.1", 8000),
    "client": ("127.0.0.9", 5),
    "headers": [
        (b"content-type", b"text/plain"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"x-word", b"one"),
        (b"x-word", b"two"),
        (b"x_word", b"sneaky"),
    ],
}


def ask(application, parts=(b"",), scope=SCOPE, gone=False):
    """What the server is sent. `parts` are the pieces of the body; `gone`: the sender leaves after them."""
    coming = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    coming.append({"type": "http.disconnect"} if gone else {"type": "http.request", "body": b"", "more_body": False})
    sent = []

    async def receive():
        return coming.pop(0)

    async def send(message):
        sent.append(message)

    run_in_loop(ThreadedWsgi(application, 2)(scope, receive, send))
    return sent


class Whole(list):
    """As Django answers: with all of it at once."""

    streaming = False


def test_a_request_arrives_as_it_was_and_its_answer_goes_back_in_two_messages():
    seen = {}

    def application(environ, start_response):
        seen.update(environ, body=environ["wsgi.input"].read(), thread=threading.current_thread().name)
        start_response("201 Created", [("X-Word", "three")])
        return Whole([b"on", b"e"])

    assert ask(application, [b"hel", b"lo"]) == [
        {"type": "http.response.start", "status": 201, "headers": [(b"x-word", b"three")]},
        {"type": "http.response.body", "body": b"one"},
    ]
    wanted = {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "/studio",
        "PATH_INFO": "/a b/ü".encode().decode("latin-1"),
        "QUERY_STRING": "q=1&r=%20",
        "REMOTE_ADDR": "127.0.0.9",
        "CONTENT_TYPE": "text/plain",
        "CONTENT_LENGTH": "5",
        "HTTP_COOKIE": "a=1; b=2",
        "HTTP_X_WORD": "one,two",
        "body": b"hello",
    }
    assert {name: seen[name] for name in wanted} == wanted
    assert seen["thread"].startswith("django")


def test_a_head_request_gets_no_body():
    def application(environ, start_response):
        start_response("200 OK", [("Content-Length", "3")])
        return Whole([b"one"])

    assert ask(application, scope={**SCOPE, "method": "HEAD"})[1] == {"type": "http.response.body", "body": b""}


def test_an_answer_that_is_made_as_it_goes_stays_in_one_thread_and_is_closed():
    threads, closed = [], []

    class Parts:
        def __iter__(self):
            for part in (b"a", b"b"):
                threads.append(threading.get_ident())
                yield part

        def close(self):
            closed.append(threading.get_ident())

    def application(environ, start_response):
        start_response("200 OK", [])
        return Parts()

    sent = ask(application)
    assert [(one["type"], one.get("body"), one.get("more_body")) for one in sent] == [
        ("http.response.start", None, None),
        ("http.response.body", b"a", True),
        ("http.response.body", b"b", True),
        ("http.response.body", b"", None),
    ]
    assert len(set(threads + closed)) == 1


def test_who_leaves_before_the_end_of_the_body_disturbs_nobody():
    asked = []

    def application(environ, start_response):
        asked.append(environ)
        return Whole([b""])

    assert ask(application, [b"half"], gone=True) == []
    assert asked == []


def test_a_body_beyond_all_measure_is_refused_before_django_sees_it(monkeypatch):
    monkeypatch.setattr(bridge, "MOST_BODY", 5)

    sent = ask(lambda environ, start_response: Whole([b""]), [b"123", b"456"])
    assert (sent[0]["status"], sent[1]["body"]) == (413, bridge.TOO_LARGE)


def test_an_error_of_the_application_is_the_servers_to_answer():
    def application(environ, start_response):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(application)


def test_an_answer_is_closed_even_when_it_fails_half_way():
    closed = []

    class Half:
        def __iter__(self):
            yield b"a"
            raise ZeroDivisionError

        def close(self):
            closed.append(True)

    def application(environ, start_response):
        start_response("200 OK", [])
        return Half()

    with pytest.raises(ZeroDivisionError):
        ask(application)
    assert closed == [True]
