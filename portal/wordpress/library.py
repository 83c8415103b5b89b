"""What a text asks of the rest of the import: pictures, files, new addresses, reusable blocks."""

from typing import NamedTuple, Protocol


class Picture(NamedTuple):
    pk: int
    url: str
    width: int
    height: int
    alt: str


class Document(NamedTuple):
    """A file of the library: sound, film, or whatever is downloaded."""

    pk: int
    url: str


class Attachment(NamedTuple):
    """An attachment as the export describes it, whether or not its file is here."""

    wp_id: int
    url: str
    alt: str
    caption: str


class Library(Protocol):
    def picture(self, wp_id: int, url: str) -> Picture | None:
        """Returns the picture of an attachment or of an address, in whatever size WordPress made of it."""
        ...

    def file(self, url: str) -> Document | None:
        """Returns the file that stood at an address, if it is in the library."""
        ...

    def attachments(self, post: int, wp_ids: list[int]) -> list[Attachment]:
        """Returns the named attachments in their order; those of ``post`` when none are named."""
        ...

    def address(self, url: str) -> str | None:
        """Returns where something of the old site has its place here."""
        ...

    def reusable(self, wp_id: int) -> str:
        """Returns the text of a reusable block, empty when there is none."""
        ...

    def is_own(self, url: str) -> bool:
        """Whether an address belongs to the old site."""
        ...
