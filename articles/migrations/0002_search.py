import django.db.models.deletion
from django.db import migrations, models

import articles.models.search

# FTS5 keeps no text of its own here: it reads the entry's. Deleting from such an index takes the very words
# that were put in, hence the triggers (https://www.sqlite.org/fts5.html#external_content_tables).
# A later migration that alters SearchEntry must make them anew: Django rebuilds the table without them.
# The tokenizer leaves our stems as they are: everything outside ASCII belongs to a word.
FTS5 = [
    """
    CREATE VIRTUAL TABLE articles_searchindex USING fts5(
        words, content='articles_searchentry', content_rowid='id', tokenize="ascii tokenchars '_'"
    )
    """,
    """
    CREATE TRIGGER articles_searchentry_added AFTER INSERT ON articles_searchentry BEGIN
        INSERT INTO articles_searchindex (rowid, words) VALUES (new.id, new.words);
    END
    """,
    """
    CREATE TRIGGER articles_searchentry_removed AFTER DELETE ON articles_searchentry BEGIN
        INSERT INTO articles_searchindex (articles_searchindex, rowid, words) VALUES ('delete', old.id, old.words);
    END
    """,
]
# Kept beside the other columns up to a page: out of line the planner takes reading them for free.
TSVECTOR = [
    "ALTER TABLE articles_searchentry SET (toast_tuple_target = 8160)",
    "CREATE INDEX articles_searchentry_words ON articles_searchentry USING gin (words)",
]


def make_index(apps, schema_editor):
    for statement in {"sqlite": FTS5, "postgresql": TSVECTOR}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE articles_searchindex")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entry",
                        to="articles.article",
                    ),
                ),
                ("publish_at", models.DateTimeField()),
                ("unpublish_at", models.DateTimeField(null=True)),
                ("title", models.TextField()),
                # Last, so that SQLite need not read past it for anything else.
                ("words", articles.models.search.WordsField()),
            ],
        ),
        migrations.RunPython(make_index, drop_index, elidable=False),
    ]
