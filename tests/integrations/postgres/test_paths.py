from pathlib import Path

from config.env import database_from_url
from signoff.integrations.postgres.paths import database_url, socket_dir


def test_the_socket_is_in_the_data_directory_when_its_path_is_short():
    assert socket_dir(Path("/srv/signoff")) == Path("/srv/signoff/run")


def test_the_socket_is_elsewhere_when_its_path_would_be_too_long():
    far = Path("/srv") / ("x" * 90)

    assert socket_dir(far) == socket_dir(far)
    assert len(str(socket_dir(far))) < 60
    assert socket_dir(far) != socket_dir(Path("/srv") / ("y" * 90))


def test_the_settings_find_the_socket_of_a_strange_path():
    assert database_from_url(database_url(Path("/srv/a b?c&d%")))["HOST"] == "/srv/a b?c&d%/run"
