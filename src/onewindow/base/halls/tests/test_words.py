"""A hall's own words stand wherever its people are spoken of."""

from django.template import Context, Template
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.words import WORDS, Words, saying, word, worded
from onewindow.base.web.refused import Refused

BRANCH = Words(
    visitor={"zh-Hans": "客户", "en": "customer"},
    visitors={"zh-Hans": "客户", "en": "customers"},
    guide={"zh-Hans": "大堂经理"},
)


class StillThere(Refused):
    """A refusal that speaks of somebody."""

    sentence = _("Window {window} still has a {visitor}.")


def test_a_page_and_a_refusal_say_the_words_of_the_hall_they_are_of() -> None:
    page = Template(
        '{% blocktranslate with visitor="visitor"|word %}Next {{ visitor }}{% endblocktranslate %}'
    )
    with saying(lambda: BRANCH):
        assert page.render(Context()) == "Next customer"
        assert str(StillThere(window="5")) == "Window 5 still has a customer."
    assert page.render(Context()) == "Next visitor"


def test_a_word_that_a_hall_lacks_in_a_language_is_the_usual_one() -> None:
    with saying(lambda: BRANCH):
        assert word("guide") == "guide"
        with translation.override("zh-hans"):
            assert word("guide") == "大堂经理"
            assert word("guide_desk") == "导办台"


def test_a_label_is_worded_when_it_is_read() -> None:
    said = worded(_("from the {guide_desk}"))
    with translation.override("zh-hans"), saying(lambda: BRANCH):
        assert str(said) == "导办台取号"
        assert f"{WORDS['visitors']}" == "客户"
