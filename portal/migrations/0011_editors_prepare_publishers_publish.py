"""The role «Editor» prepares, the new role «Publisher» publishes; moderators and ad managers see no drafts.

``portal.roles.keep`` only adds rights, so what a release takes away is taken here, once on every site: a right that
a newsroom gives back afterwards stays. Whoever is an editor today becomes a publisher as well and loses nothing.
"""

from django.db import migrations

OURS = ("frontzone", "menu", "menuitem", "page", "pin", "redirect", "tickeritem")
WITHDRAWN = {
    "Reporter": {"articles": ["view_categorypin", "view_missedsearch", "view_typo", "change_typo"]},
    "Editor": {
        "articles": [
            "publish_article",
            "delete_author",
            "delete_tag",
            *(f"{act}_{model}" for act in ("add", "change", "delete") for model in ("category", "categorypin", "correction")),
        ],
        "portal": [
            "view_sitesettings",
            *(f"{act}_{model}" for act in ("add", "change", "delete", "view") for model in OURS),
        ],
    },
    "Moderator": {"articles": ["view_article"]},
    "Ad manager": {"articles": ["view_article"]},
}


def withdraw(apps, schema_editor):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for role, rights in WITHDRAWN.items():
        group = Group.objects.filter(name=role).first()
        for app, names in rights.items() if group else ():
            group.permissions.remove(*Permission.objects.filter(content_type__app_label=app, codename__in=names))


def keep_publishing(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    editors = Group.objects.filter(name="Editor").first()
    if editors is not None:
        publishers, _new = Group.objects.get_or_create(name="Publisher")
        publishers.user_set.add(*editors.user_set.all())


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0010_name_the_indexnow_key"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunPython(withdraw, migrations.RunPython.noop),
        migrations.RunPython(keep_publishing, migrations.RunPython.noop),
    ]
