import pytest

from signoff.search.words import distance, pieces_of, words_of


def test_a_question_becomes_its_first_words():
    assert words_of("  Key  VISUAL\x00\tstraße a b c d") == ["key", "visual", "strasse", "a", "b"]
    assert words_of(" \x00 ") == []


@pytest.mark.parametrize("slip", ["botle", "boottle", "bottel", "bottke", "ottle", "bottl"])
def test_a_word_with_a_slip_shares_a_piece_with_the_right_one(slip):
    assert any(piece in "bottle" for piece in pieces_of(slip))


@pytest.mark.parametrize(
    ("words", "far"),
    [
        (["key", "vis"], 0),
        (["vis", "key"], 1),
        (["isual"], 2),
        (["visaul"], 3),
        (["key", "bottle"], None),
        (["kyx"], None),
    ],
)
def test_how_far_a_title_is(words, far):
    assert distance(words, "Key visual, landscape") == far
