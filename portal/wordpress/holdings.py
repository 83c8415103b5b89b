"""What has been brought over so far, asked for by the texts that use it."""

from functools import lru_cache
from urllib.parse import urlsplit

from articles.models import Media
from portal.wordpress.files import Files
from portal.wordpress.library import Attachment, Document, Picture
from portal.wordpress.models import Imported
from portal.wordpress.old_site import size_variants
from portal.wordpress.run import Run

Kind = Imported.Kind
PUBLIC_KINDS = (Kind.ARTICLE, Kind.PAGE, Kind.CATEGORY, Kind.TAG, Kind.AUTHOR)


class Holdings:
    """The library that a conversion asks; see ``portal.wordpress.library.Library``."""

    def __init__(self, run: Run, files: Files) -> None:
        self.run = run
        self.files = files
        self.media = lru_cache(maxsize=2_000)(self._media)
        self.reusable = lru_cache(maxsize=200)(self._reusable)

    def picture(self, wp_id: int, url: str) -> Picture | None:
        row = self._media_row(url) or self._numbered(wp_id)
        media = self.media(row.local_id) if row and row.local_id else None
        if media is None or not media.is_image:
            return None
        return Picture(media.pk, media.url, media.width or 0, media.height or 0, media.alt)

    def file(self, url: str) -> Document | None:
        row = self._media_row(url)
        media = self.media(row.local_id) if row and row.local_id else None
        return Document(media.pk, media.url) if media else None

    def number_of_media(self, wp_id: int) -> int | None:
        """Returns the key of the media that an attachment became."""
        row = self._numbered(wp_id)
        return row.local_id if row else None

    def attachments(self, post: int, wp_ids: list[int]) -> list[Attachment]:
        rows = self.run.imported(Kind.MEDIA)
        if wp_ids:
            known = {row.wp_id: row for row in rows.filter(wp_id__in=wp_ids)}
            found = [known[number] for number in wp_ids if number in known]
        else:
            children = rows.filter(parent=post) if post else rows.none()
            found = sorted(children, key=lambda row: (row.data.get("order", 0), row.wp_id))
        return [_attachment(row) for row in found]

    def address(self, url: str) -> str | None:
        if not self.run.site.is_own(url):
            return None
        row = self._public(url)
        if row is None:
            return "/" if self.run.site.key(url) == self.run.site.home and not urlsplit(url).query else None
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query and not self.run.site.number(url) else ""
        return row.address + query + (f"#{parts.fragment}" if parts.fragment else "")

    def _public(self, url: str) -> Imported | None:
        rows = self.run.imported(*PUBLIC_KINDS).exclude(address="")
        if number := self.run.site.number(url):
            return rows.filter(wp_id=number, kind__in=(Kind.ARTICLE, Kind.PAGE)).first()
        return rows.filter(old_address=self.run.site.key(url)).first()

    def is_own(self, url: str) -> bool:
        return self.run.site.is_own(url) or self._media_row(url) is not None

    def _media_row(self, url: str) -> Imported | None:
        names = size_variants(self.run.site.key(url))
        known = {row.old_address: row for row in self.run.imported(Kind.MEDIA).filter(old_address__in=names)}
        found = next((known[name] for name in names if name in known), None)
        return found or self.files.take_by_address(url)

    def _numbered(self, wp_id: int) -> Imported | None:
        return self.run.imported(Kind.MEDIA).filter(wp_id=wp_id).first() if wp_id else None

    def _media(self, pk: int) -> Media | None:
        return Media.objects.filter(pk=pk).first()

    def _reusable(self, wp_id: int) -> str:
        row = self.run.imported(Kind.BLOCK).filter(wp_id=wp_id).first() if wp_id else None
        return str(row.data.get("content", "")) if row else ""


def _attachment(row: Imported) -> Attachment:
    return Attachment(row.wp_id, row.data["url"], row.data.get("alt", ""), row.data.get("caption", ""))
