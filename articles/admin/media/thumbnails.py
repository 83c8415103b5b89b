"""What lists of the desk show of a picture."""

from typing import Any

from articles.pictures import sources


def thumbnail(picture: Any) -> dict[str, Any]:
    """Returns what a picker and the editor need to know of a picture."""
    small = sources(picture, "16x9")
    whole = sources(picture)
    return {
        "picture": picture,
        "small": small.jpeg_srcset.split(" ")[0] or small.src,
        "src": whole.src,
        "width": whole.width,
        "height": whole.height,
        "caption": picture.caption,
    }
