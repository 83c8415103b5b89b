"""What ``manage.py demo`` refuses, and whom it lets sign in."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertRedirects

from articles.models import Article, Category
from portal.demo.signins import PASSWORD, SIGN_INS, sign_up
from tests.factories import make_article


def run(**options: int) -> str:
    output = io.StringIO()
    call_command("demo", stdout=output, **options)
    return output.getvalue()


def test_it_changes_nothing_on_a_site_that_has_articles(db: None) -> None:
    make_article()
    assert "nothing was changed" in run(pictures=1)
    assert (Article.objects.count(), User.objects.count(), Category.objects.count()) == (1, 0, 0)


def test_it_refuses_to_make_known_passwords_on_a_real_site(db: None, settings: Settings) -> None:
    settings.DEMO = settings.ON_A_LAPTOP = False
    with pytest.raises(CommandError, match="PORTAL_DEMO=1"):
        run(pictures=1)
    assert not User.objects.exists()


@pytest.mark.parametrize(("is_demo", "offered"), [(True, len(SIGN_INS)), (False, 0)])
def test_it_offers_the_sign_ins_on_a_demo_site_alone(
    db: None, client: Client, settings: Settings, is_demo: bool, offered: int
) -> None:
    settings.DEMO = is_demo
    page = client.get("/admin/login/?next=/admin/").content.decode()
    assert page.count(f'value="{PASSWORD}"') == offered


def test_it_signs_in_with_one_click(db: None, client: Client) -> None:
    sign_up()
    form = {"username": "editor", "password": PASSWORD, "next": "/admin/"}
    assertRedirects(client.post("/admin/login/", form), "/admin/")
