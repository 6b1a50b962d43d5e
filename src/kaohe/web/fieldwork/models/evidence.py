"""Files that prove something: pictures, PDF and Office documents."""

from __future__ import annotations

from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.roster.models import County, Person, Unit, Village


class Evidence(Record):
    """One stored file. Its name on disk is random; what it was called is a text, no path.

    Who added it, and for which village or unit, says who may see it. The same content added twice
    has the same sha256, which a page shows to whoever confirms.
    """

    class Kind(models.TextChoices):
        IMAGE = "image", "图片"
        PDF = "pdf", "PDF"
        OFFICE = "office", "Office 文件"

    county = models.ForeignKey(County, models.PROTECT, related_name="evidence")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")
    added_by = models.CharField("上传人", max_length=100)
    name = models.CharField("文件名", max_length=200)
    kind = models.CharField("类型", max_length=10, choices=Kind.choices)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField("大小")
    # Of the bytes as received, size too. A picture is stored as it was written anew.
    sha256 = models.CharField("校验值", max_length=64, db_index=True)
    stored_sha256 = models.CharField("存放文件的校验值", max_length=64)
    file = models.FileField("文件", upload_to="evidence/%Y/%m")
    thumbnail = models.FileField("缩略图", upload_to="evidence/%Y/%m", blank=True)
    # What the picture says of itself: a claim, shown beside the time of receipt.
    taken_at = models.DateTimeField("拍摄时间", null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True, blank=True)

    class Meta:
        verbose_name = "佐证材料"
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.kind == self.Kind.IMAGE

    @property
    def whose(self) -> str:
        """Whom or what it is about, the nearest first."""
        return str(self.person or self.unit or self.village or "县")
