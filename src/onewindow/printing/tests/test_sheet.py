"""Lines break where they may, and everything has room."""

from onewindow.printing.press.sheet import Sheet, bands, fit, width, wrap


def test_english_breaks_between_words() -> None:
    lines = wrap("Application form for the registration of a newborn", 26, 300)
    assert " ".join(lines) == "Application form for the registration of a newborn"
    assert len(lines) > 1


def test_chinese_breaks_anywhere_but_before_a_stop() -> None:
    words = "过号后请在三十分钟内到导办台。" * 3
    for room in range(120, 400, 20):
        lines = wrap(words, 26, room)
        assert "".join(lines) == words
        assert not any(line[0] in "。，" for line in lines)


def test_a_word_longer_than_the_paper_is_cut() -> None:
    assert all(width(line, 26) <= 200 for line in wrap("w" * 60, 26, 200))


def test_letters_shrink_to_their_room() -> None:
    assert width("20–35 分钟", fit(["20–35 分钟"], 80, 150)) <= 150


def test_a_number_is_two_centimetres_high_on_any_paper() -> None:
    for dots in (384, 576):
        sheet = Sheet(dots)
        sheet.number("A1037")
        assert sheet.picture().height >= 20 * 8


def test_a_picture_goes_in_bands() -> None:
    sheet = Sheet(384)
    sheet.gap(50)
    assert [band.height for band in bands(sheet.picture())] == [128, 128, 128, 16]
