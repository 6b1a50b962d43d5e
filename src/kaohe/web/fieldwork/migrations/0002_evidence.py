from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="stored_sha256",
            field=models.CharField(default="", max_length=64, verbose_name="存放文件的校验值"),
            preserve_default=False,
        ),
    ]
