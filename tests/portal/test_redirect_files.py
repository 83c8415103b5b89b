"""Redirects come and go as files: looked at line by line first, written once, ways always one step long."""

import csv
import io

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from portal.models import Redirect, RedirectFile
from portal.redirect_files import Row, Unreadable, read, take_in

pytestmark = pytest.mark.django_db
BRING = "/admin/portal/redirect/file/"


def verdicts(text: str) -> list[tuple[str, str]]:
    return [(row.old, row.verdict) for row in read(text.encode())]


def stored() -> dict[str, str]:
    return dict(Redirect.objects.values_list("old", "new"))


@pytest.mark.parametrize(
    "text",
    ["/a/,/b/,301", "/a/;/b/", "/a/\t/b/\n", "old,new\n/a/,/b/\n", "﻿Старый адрес;Новый адрес\r\n/a/;/b/\r\n",
     'source,target,regex,code,type,hits\n"/a/","/b/","0","301","url","5"\n', "new,old\n/b/,/a/",
     f"{settings.BASE_URL}/a/,/b/"],
)  # fmt: skip
def test_it_reads_what_spreadsheets_and_wordpress_write(text: str) -> None:
    assert [(row.old, row.new, row.kind, row.verdict) for row in read(text.encode())] == [("/a/", "/b/", 301, "new")]


def test_it_reads_the_encoding_of_an_old_windows() -> None:
    (row,) = read("/старый/;/новый/".encode("cp1251"))
    assert (row.old, row.new) == ("/старый/", "/новый/")


def test_it_says_what_each_line_would_do() -> None:
    Redirect.objects.bulk_create([Redirect(old="/same/", new="/x/"), Redirect(old="/other/", new="/x/")])
    lines = "/new/,/x/ /same/,/x/ /other/,/y/ no,/x/ /twice/,/x/ /twice/,/y/ /gone/,,410 /e/, /t/,/x/,200"
    assert verdicts(lines.replace(" ", "\n")) == [
        ("/new/", "new"), ("/same/", "same"), ("/other/", "replaces"), ("no", "refused"), ("/twice/", "refused"),
        ("/twice/", "new"), ("/gone/", "new"), ("/e/", "refused"), ("/t/", "refused"),
    ]  # fmt: skip


def test_it_refuses_what_leads_back_and_shows_the_way() -> None:
    Redirect.objects.create(old="/c/", new="/a")
    (row,) = read(b"/a/,/c/")
    assert (row.verdict, "/a/ → /c/ → /a" in row.reason) == ("refused", True)
    assert [row.verdict for row in read(b"/x/,/y/\n/y/,/x/")] == ["refused", "refused"]


def test_it_shows_which_answer_of_a_line_it_does_not_know() -> None:
    (row,) = read(b"/a/,/b/,777")
    assert (row.said, row.kind, "777" in row.reason) == ("отклонено", 0, True)


def test_it_makes_every_way_one_step_long() -> None:
    Redirect.objects.create(old="/first/", new="/a/")
    Redirect.objects.create(old="/c/", new="/end/")
    take_in(read(b"/a/,/b/\n/b/,/c/"))
    assert stored() == {"/first/": "/end/", "/a/": "/end/", "/b/": "/end/", "/c/": "/end/"}


def test_it_flattens_what_is_written_one_by_one() -> None:
    for old, new in (("/a/", "/b/"), ("/b/", "/c/"), ("/z/", "/a/")):
        redirect = Redirect(old=old, new=new)
        redirect.full_clean()
        redirect.save()
    assert stored() == {"/a/": "/c/", "/b/": "/c/", "/z/": "/c/"}


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"\x00\x01", b"PK\x03\x04\x00", b'"' + b"a" * 200_000 + b'"', b"\xff\xfe\x00"]
)
def test_it_says_why_a_file_cannot_be_read(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data)


def test_it_takes_no_more_lines_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.redirect_files.MOST_ROWS", 2)
    with pytest.raises(Unreadable):
        read(b"/a/,/x/\n/b/,/x/\n/c/,/x/\n/d/,/x/")


@given(st.lists(st.lists(st.text(max_size=12), max_size=4), max_size=8))
def test_it_never_breaks_on_a_table(cells: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(cells)
    try:
        rows = read(text.getvalue().encode(errors="surrogatepass"))
    except Unreadable:
        return
    assert all(isinstance(row, Row) and row.said for row in rows)


@given(st.lists(st.tuples(*[st.sampled_from(["/a/", "/b/", "/c", "/c/", "/d/", "/e/?x=1", "/e/"])] * 2), max_size=9))
def test_it_leaves_no_way_of_several_steps_and_no_circle(pairs: list[tuple[str, str]]) -> None:
    Redirect.objects.all().delete()
    for half in (pairs[::2], pairs[1::2]):
        if half:
            take_in(read("\n".join(",".join(pair) for pair in half).encode()))
    for redirect in Redirect.objects.all():
        assert [found for _place, found in Redirect.objects.trail(redirect.new) if found] == []


def test_it_reads_many_lines_with_few_questions(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    data = "\n".join(f"/old-{number}/,/new-{number}/" for number in range(2000)).encode()
    with django_assert_max_num_queries(40):
        assert take_in(read(data)) == 2000


def test_it_shows_a_file_before_it_writes(erins: Client) -> None:
    response = erins.post(BRING, {"file": SimpleUploadedFile("from-wp.csv", b"/a/,/b/\nno,/b/")}, follow=True)
    page = response.content.decode()
    assert "Записать 1 перенаправление" in page and "отклонено" in page
    assert stored() == {}
    erins.post(response.request["PATH_INFO"])
    assert stored() == {"/a/": "/b/"}


def test_it_writes_a_file_once(erins: Client) -> None:
    address = erins.post(BRING, {"file": SimpleUploadedFile("a.csv", b"/a/,/b/")}).headers["Location"]
    erins.post(address)
    Redirect.objects.all().delete()
    erins.post(address)
    assert stored() == {} and RedirectFile.objects.get().written == 1
    assert erins.get(address).status_code == 404


@pytest.mark.parametrize("file", [None, SimpleUploadedFile("a.csv", b""), SimpleUploadedFile("a.csv", b"\0\0")])
def test_it_says_what_is_wrong_with_a_file(erins: Client, file: SimpleUploadedFile | None) -> None:
    response = erins.post(BRING, {"file": file} if file else {})
    assert response.status_code == 422
    assert "errornote" in response.content.decode()


def test_it_gives_all_redirects_as_a_file_that_it_reads_again(erins: Client) -> None:
    Redirect.objects.bulk_create([
        Redirect(old="/a/", new="/b/"), Redirect(old="/старый/", kind=410),
        Redirect(old="/c/", new="https://x.example/", kind=302),
    ])  # fmt: skip
    data = b"".join(erins.get("/admin/portal/redirect/redirects.csv"))
    assert {(row.old, row.new, row.kind, row.verdict) for row in read(data)} == {
        ("/a/", "/b/", 301, "same"), ("/старый/", "", 410, "same"), ("/c/", "https://x.example/", 302, "same"),
    }  # fmt: skip


def test_it_knows_an_old_address_again_that_names_our_own_site() -> None:
    rows = read(f"old;new\n{settings.BASE_URL}/a/;/b/\n/a/;/c/\n".encode())
    assert [(row.old, row.verdict) for row in rows] == [("/a/", "refused"), ("/a/", "new")]
    assert take_in(rows) == 1


def test_it_writes_no_formula(erins: Client) -> None:
    Redirect.objects.create(old="=cmd()", new="@evil")
    data = b"".join(erins.get("/admin/portal/redirect/redirects.csv")).decode()
    assert "'=cmd();'@evil" in data


def test_it_answers_302_and_410_where_asked(client: Client) -> None:
    Redirect.objects.create(old="/now/", new="/latest/", kind=302)
    Redirect.objects.create(old="/gone/", kind=410)
    assert [client.get(address).status_code for address in ("/now/", "/gone/", "/gone")] == [302, 410, 410]


def test_it_tells_where_an_address_leads(erins: Client) -> None:
    Redirect.objects.bulk_create([Redirect(old="/a/", new="/b/"), Redirect(old="/b/", new="/c/")])
    for asked in ("/a/", "a", f"{settings.BASE_URL}/a/?x=1"):
        page = erins.get("/admin/portal/redirect/where/", {"address": asked}).content.decode()
        assert page.index("/b/") < page.index("/c/")
    assert "/nowhere/" in erins.get("/admin/portal/redirect/where/", {"address": "/nowhere/"}).content.decode()


def test_it_lets_nobody_else_bring_files(walts: Client, erin: User) -> None:
    file = RedirectFile.objects.create(name="a.csv", data=b"/a/,/b/", by=erin, at=timezone.now())
    for asked in (BRING, f"{BRING}{file.pk}/", "/admin/portal/redirect/redirects.csv", "/admin/portal/redirect/where/"):
        assert walts.get(asked).status_code == 403 and Client().get(asked).status_code == 302
    assert walts.post(f"{BRING}{file.pk}/").status_code == 403 and stored() == {}
