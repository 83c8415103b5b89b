"""Lists of the desk without lines."""

from django.contrib.auth.models import User
from django.test import Client


def test_it_says_in_words_that_a_list_is_empty(admin_user: User, client: Client) -> None:
    client.force_login(admin_user)
    for address in ("/admin/articles/source/", "/admin/portal/redirect/", "/admin/ads/campaign/"):
        assert "Здесь пока пусто" in client.get(address).text
    assert "Ничего не нашлось" in client.get("/admin/articles/source/?q=мост").text
