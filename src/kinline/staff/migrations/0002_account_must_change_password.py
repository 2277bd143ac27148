"""A password that somebody else gave is changed at the first sign-in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more column of an account."""

    dependencies = [("staff", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="must_change_password",
            field=models.BooleanField(default=False),
        ),
    ]
