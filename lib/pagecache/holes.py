"""Fragments that stand on many pages and change often: each kept, tagged and expired by itself."""

from collections.abc import Callable

from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from lib.pagecache.rendering import Hole, current_render

Renderer = Callable[..., str]

_renderers: dict[str, Renderer] = {}


def hole(name: str) -> Callable[[Renderer], Renderer]:
    """Registers the function below as the renderer of the holes called ``name``.

    It is given the hole's arguments as strings, nothing of the request, and returns safe HTML; the
    language of the page is active. While it renders, ``tag`` and ``expires`` speak of the fragment.
    Raises ``ValueError`` if the name is taken.
    """

    def register(renderer: Renderer) -> Renderer:
        if name in _renderers:
            raise ValueError(f"Two holes are called {name}.")
        _renderers[name] = renderer
        return renderer

    return register


def render_hole(hole: Hole) -> str:
    """Returns the HTML of the fragment as it is now. Raises ``LookupError`` for a name nobody registered."""
    if hole.name not in _renderers:
        raise LookupError(f"No hole is called {hole.name}; there are {', '.join(sorted(_renderers))}.")
    with override(hole.language):
        return _renderers[hole.name](*hole.arguments)


def place_hole(name: str, *arguments: str) -> str:
    """Returns what a template shows at a hole: a mark to be filled later, or the fragment itself.

    The mark stands only in pages that are about to be stored; elsewhere (the cache is off, staff looks
    at a preview, a hole within a fragment) the fragment is rendered in place.
    """
    hole = Hole(name, tuple(map(str, arguments)), get_language() or "")
    render = current_render()
    if render is None or render.holes is None:
        return SafeString(render_hole(hole))
    render.holes.append(hole)
    return SafeString(f"{render.mark}-{len(render.holes) - 1};")
