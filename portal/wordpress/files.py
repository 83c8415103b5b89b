"""Finds files below the folder of uploads and takes them into the media library."""

import hashlib
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.files import File

from articles.models import Media
from articles.uploads import Refused, take_in
from portal.wordpress.models import Imported
from portal.wordpress.old_site import size_variants
from portal.wordpress.records import Item, decoded, fingerprint
from portal.wordpress.run import Run

UPLOADS = "/wp-content/uploads/"
_DATED = re.compile(r"[12][0-9]{3}/[01][0-9]/[^/]+$")
_CREDIT = re.compile(r'"credit";s:[0-9]+:"([^"]*)"')
_CREDIT_LABEL = re.compile(r"^\s*(?:фото|photo)\s*:\s*", re.IGNORECASE)  # our pages write it themselves
_ORIGINAL = re.compile(r'"original_image";s:[0-9]+:"([^"/\\]+)"')


class Files:
    """The pictures and files of the old site."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.root = uploads_below(run.media) if run.media else None
        self.find = lru_cache(maxsize=5_000)(self._find)

    def place(self, item: Item, row: Imported) -> str:
        """Takes in the file of an attachment and writes down what the export says of it. Returns what happened."""
        before = row.local_id
        self._describe(item, row)
        if row.local_id is None:
            row.local_id = self._taken(item)
        row.digest, row.missing = item.digest, int(row.local_id is None)
        if row.local_id is None:
            self.run.report.note("Missing files", _relative(item) or item.attachment_url, item.wp_id)
            return "file missing or refused"
        return "there already" if before else "brought over"

    def _describe(self, item: Item, row: Imported) -> None:
        row.wp_id, row.parent = item.wp_id, item.parent
        row.old_address = self.run.site.key(item.attachment_url or item.guid)
        row.data = {
            "url": item.attachment_url or item.guid,
            "alt": item.last_meta("_wp_attachment_image_alt")[:500],
            "caption": item.excerpt,
            "page": self.run.site.key(item.link),
            "order": item.order,
        }

    def _taken(self, item: Item) -> int | None:
        metadata = item.last_meta("_wp_attachment_metadata")
        relative = _relative(item)
        original = _ORIGINAL.search(metadata)
        names = [relative, *([str(Path(relative).with_name(original[1]))] if original and relative else [])]
        credit = _CREDIT.search(metadata)
        details = {
            "alt": item.last_meta("_wp_attachment_image_alt")[:500],
            "caption": item.excerpt,
            "credit": _CREDIT_LABEL.sub("", credit[1])[:300] if credit else "",
        }
        path = next((path for name in names if name and (path := self.find(name))), None)
        return self.take(path, item.wp_id, **details) if path else None

    def take(self, path: Path, wp_id: int = 0, **details: Any) -> int | None:
        """Returns the media of a file, the one that is there if the same bytes came before; None if it is refused."""
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest()
            if known := Media.objects.filter(sha256=same, binned_at=None).first():
                return known.pk
            file.seek(0)
            try:
                return take_in(File(file, name=path.name), **details).pk
            except Refused as refusal:
                self.run.report.note("Refused files", f"{path.name}: {refusal}", wp_id)
                return None

    def take_by_address(self, url: str) -> Imported | None:
        """Takes in a file that a text shows and no attachment names, if it is in the folder."""
        key = self.run.site.key(url)
        relative = relative_of(key)
        path = next((path for name in size_variants(relative) if (path := self.find(name))), None) if relative else None
        if path is None or (pk := self.take(path)) is None:
            return None
        return Imported.objects.get_or_create(
            site=self.run.site.address,
            kind=Imported.Kind.MEDIA,
            identity=fingerprint(key),
            defaults={"old_address": key, "local_id": pk, "data": {"url": url}},
        )[0]

    def _find(self, relative: str) -> Path | None:
        """Returns the file with a name in the folder of uploads, in whatever form its letters were written there."""
        if self.root is None:
            return None
        names = [relative, decoded(relative)]
        names += [unicodedata.normalize(form, name) for form in ("NFC", "NFD") for name in names]
        for name in dict.fromkeys(names):
            path = inside(self.root, name)
            if path is not None:
                return path
        return None


def inside(root: Path, name: str) -> Path | None:
    """Returns the file ``name`` below ``root``, or None: for what is no file, and for whatever leads out of it."""
    try:
        path = (root / name.lstrip("/")).resolve()
        return path if path.is_relative_to(root) and path.is_file() else None
    except (OSError, ValueError):
        return None


def uploads_below(folder: Path) -> Path:
    """Returns the folder that the years lie in, whether the site's folder was given or the uploads themselves."""
    for below in ("wp-content/uploads", "uploads"):
        if (folder / below).is_dir():
            return (folder / below).resolve()
    return folder.resolve()


def _relative(item: Item) -> str:
    """Returns the place of a file below the uploads, such as ``2019/05/bridge.jpg``."""
    return item.last_meta("_wp_attached_file") or relative_of(item.attachment_url)


def relative_of(address: str) -> str:
    """Returns what stands behind the uploads in an address; WordPress.com writes year and month alone."""
    path = decoded(address).partition("?")[0]
    below = path.partition(UPLOADS)[2]
    dated = _DATED.search(path)
    return below or (dated[0] if dated else "")
