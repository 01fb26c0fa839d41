import socket

import pytest


def test_another_machine_is_out_of_reach():
    with socket.socket() as one, pytest.raises(RuntimeError, match=r"203\.0\.113\.7"):
        one.connect(("203.0.113.7", 9))
