from pathlib import Path

from signoff.ops.openapi import main

CONTRACT = Path(__file__).parents[2] / "docs" / "openapi.json"


def test_the_contract_in_docs_is_what_the_code_says():
    assert main(["--check", str(CONTRACT)]) == 0, (
        "If the change is meant: python -m signoff.ops.openapi docs/openapi.json"
    )


def test_another_contract_is_noticed_and_left_as_it_is(tmp_path, capsys):
    other = tmp_path / "openapi.json"
    other.write_text("{}")

    assert (main(["--check", str(other)]), other.read_text()) == (1, "{}")
    assert "is not what the code says" in capsys.readouterr().err
    assert (main([str(other)]), other.read_text()) == (0, CONTRACT.read_text())
