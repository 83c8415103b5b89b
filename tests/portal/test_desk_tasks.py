"""Background tasks on the desk."""

from uuid import uuid4

from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult


def test_it_names_tasks_and_how_they_stand_in_words_of_the_newsroom(admin_client: Client) -> None:
    DBTaskResult.objects.create(
        id=uuid4(),
        task_path="portal.people.letters.send_due",
        args_kwargs={"args": [], "kwargs": {}},
        status="FAILED",
        backend_name="default",
        run_after=timezone.now(),
    )
    page = admin_client.get("/admin/django_tasks_database/dbtaskresult/").text
    assert all(words in page for words in ("Фоновые задачи", "отправить письма", "не удалась"))
