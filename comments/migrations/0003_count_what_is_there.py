from django.db import migrations

COUNT = """
    INSERT INTO comments_commentcount (article_id, number)
    SELECT article_id, COUNT(*) FROM comments_portalcomment WHERE status = 'approved' GROUP BY article_id"""


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_count")]

    operations = [migrations.RunSQL(COUNT, "DELETE FROM comments_commentcount")]
