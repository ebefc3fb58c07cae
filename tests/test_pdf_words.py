from extract.pdf.words import words_of
from tests.pdf_pages import chars, words


def test_words_keep_the_white_space_after_them():
    assert [word.text for word in words(("Head of  SEN ", 0, 20))] == ["Head ", "of  ", "SEN "]


def test_a_word_that_sticks_out_over_its_neighbour_stays_whole():
    placed = words(("countersignature", 0, 20), ("(58%", 60, 20))
    assert [(word.text, word.x0, word.place) for word in placed] == [("countersignature", 0, 0), ("(58%", 60, 1)]


def test_characters_that_touch_are_one_word_up_to_a_tenth_of_the_em():
    text = chars("ab", 0, 20)
    assert len(words_of([*text, *chars("c", 10.9, 20)])) == 1
    assert len(words_of([*text, *chars("c", 11.0, 20)])) == 2


def test_a_change_of_line_or_size_ends_a_word():
    assert len(words_of([*chars("ab", 0, 20), *chars("c", 10, 20.2)])) == 2
    assert len(words_of([*chars("1", 0, 20), *chars("st", 5, 20, 6)])) == 2
