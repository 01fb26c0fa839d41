import os
import signal
import subprocess
import time

import psycopg
import pytest

from signoff.integrations.postgres.pidfile import server_pid
from signoff.integrations.postgres.server import EmbeddedPostgres, ServerNotStarted


def answer(server):
    with psycopg.connect(server.url()) as connection:
        return connection.execute("SELECT answer FROM kept").fetchone()


def keep_an_answer(server):
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")


def test_rows_are_kept_when_the_server_is_stopped_and_started(data_dir):
    with EmbeddedPostgres(data_dir) as server:
        keep_an_answer(server)
    assert server_pid(server.cluster) is None

    with EmbeddedPostgres(data_dir) as server:
        assert answer(server) == (42,)


def test_stop_does_nothing_when_it_was_never_started(data_dir):
    EmbeddedPostgres(data_dir).stop()

    assert list(data_dir.iterdir()) == []


def test_rows_are_kept_when_the_server_is_killed(data_dir):
    with EmbeddedPostgres(data_dir) as server:
        keep_an_answer(server)
        os.kill(server_pid(server.cluster), signal.SIGKILL)

        with EmbeddedPostgres(data_dir) as second:
            assert answer(second) == (42,)


def test_a_stale_pid_of_a_foreign_process_is_seen_through(data_dir):
    with EmbeddedPostgres(data_dir) as server:
        keep_an_answer(server)
        old = (server.cluster / "postmaster.pid").read_text()
    stranger = subprocess.Popen(["sleep", "60"])
    (server.cluster / "postmaster.pid").write_text("\n".join([str(stranger.pid), *old.split("\n")[1:]]))

    with EmbeddedPostgres(data_dir) as server:
        assert answer(server) == (42,)
        assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_garbled_pid_file_is_seen_through(data_dir):
    with EmbeddedPostgres(data_dir) as server:
        keep_an_answer(server)
    (server.cluster / "postmaster.pid").write_text("")

    with EmbeddedPostgres(data_dir) as server:
        assert answer(server) == (42,)


def test_two_starters_at_once_share_one_server(data_dir, start_elsewhere):
    first, second = start_elsewhere(), start_elsewhere()

    assert first.stdout.readline() == second.stdout.readline() == EmbeddedPostgres(data_dir).url() + "\n"


def test_only_the_last_to_leave_stops_it(data_dir, start_elsewhere):
    other = start_elsewhere()
    other.stdout.readline()
    with EmbeddedPostgres(data_dir) as server:
        pid = server_pid(server.cluster)
    assert server_pid(server.cluster) == pid

    other.communicate("\n")
    assert server_pid(server.cluster) is None


def test_a_killed_user_does_not_count(data_dir, start_elsewhere):
    other = start_elsewhere()
    other.stdout.readline()
    other.kill()
    other.wait()

    with EmbeddedPostgres(data_dir) as server:
        assert server_pid(server.cluster) is not None
    assert server_pid(server.cluster) is None


def test_a_long_path_gets_its_socket_in_a_short_directory(data_dir):
    with EmbeddedPostgres(data_dir / ("long " * 20)) as server:
        assert server.sockets.parent != server.data_dir
        keep_an_answer(server)
        assert answer(server) == (42,)
    server.sockets.rmdir()


def test_the_server_says_why_when_it_cannot_start(data_dir, monkeypatch):
    monkeypatch.setattr("signoff.integrations.postgres.server.ORPHAN_SECONDS", 0)
    with EmbeddedPostgres(data_dir) as server:
        pass
    with (server.cluster / "postgresql.conf").open("a") as file:
        file.write("shared_buffers = 'a lot'\n")

    with pytest.raises(ServerNotStarted, match="invalid value for parameter"):
        EmbeddedPostgres(data_dir).start()


def test_it_starts_quickly_when_it_was_made_before(data_dir):
    with EmbeddedPostgres(data_dir):
        pass
    begun = time.monotonic()
    with EmbeddedPostgres(data_dir):
        assert time.monotonic() - begun < 3
