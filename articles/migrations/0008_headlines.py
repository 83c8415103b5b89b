import django.db.models.deletion
from django.db import migrations, models

import articles.models.search

# As articles_searchindex (see 0002_search.py): a later migration that alters Headline must make the triggers anew.
# Words alone, not where they stand, and doors to what begins with a language («…ru») and two or three letters.
FTS5 = [
    """
    CREATE VIRTUAL TABLE articles_headlineindex USING fts5(
        words, content='articles_headline', content_rowid='id', tokenize="ascii tokenchars '_'",
        detail=none, prefix='5 6'
    )
    """,
    """
    CREATE TRIGGER articles_headline_added AFTER INSERT ON articles_headline BEGIN
        INSERT INTO articles_headlineindex (rowid, words) VALUES (new.id, new.words);
    END
    """,
    """
    CREATE TRIGGER articles_headline_removed AFTER DELETE ON articles_headline BEGIN
        INSERT INTO articles_headlineindex (articles_headlineindex, rowid, words) VALUES ('delete', old.id, old.words);
    END
    """,
]
# Without a list of what is still to be sorted in: the planner fears it, and reads all headlines instead.
GIN = ["CREATE INDEX articles_headline_words ON articles_headline USING gin (words) WITH (fastupdate = off)"]


def make_index(apps, schema_editor):
    for statement in {"sqlite": FTS5, "postgresql": GIN}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE articles_headlineindex")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_keep_known_updates"),
    ]

    operations = [
        migrations.CreateModel(
            name="Headline",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="headline",
                        to="articles.article",
                    ),
                ),
                ("publish_at", models.DateTimeField()),
                ("unpublish_at", models.DateTimeField(null=True)),
                ("words", articles.models.search.WordsField()),
            ],
        ),
        migrations.RunPython(make_index, drop_index, elidable=False),
    ]
