"""Pictures for the demo newsroom, drawn with numbers: a scene, a palette and a seed make one."""

from collections.abc import Callable

from portal.demo.drawing import city, indoors, nature, river, sport
from portal.demo.drawing.canvas import Canvas
from portal.demo.drawing.palettes import PALETTES

SCENES: dict[str, Callable[[Canvas], None]] = {
    "arch bridge": river.arch_bridge,
    "bakery": indoors.bakery,
    "city bridge": river.city_bridge,
    "concert": indoors.concert,
    "construction": city.construction,
    "embankment": river.embankment,
    "fields": nature.fields,
    "figures": indoors.figures,
    "football": sport.football,
    "harbour": river.harbour,
    "hills": nature.hills,
    "laboratory": indoors.laboratory,
    "library": indoors.library,
    "market": indoors.market,
    "medals": sport.medals,
    "museum": indoors.museum,
    "park": nature.park,
    "pier": river.pier,
    "pool": sport.pool,
    "rainy street": city.rainy_street,
    "regatta": river.regatta,
    "rink": sport.rink,
    "river": river.river,
    "skyline": city.skyline,
    "snowy street": city.snowy_street,
    "square": city.square,
    "starry": nature.starry,
    "street": city.street,
    "winter forest": nature.winter_forest,
    "yard": city.yard,
}


def draw(scene: str, palette: str, seed: int) -> bytes:
    """Returns a JPEG of 1600 × 900. Raises KeyError for a scene or palette that there is not."""
    canvas = Canvas(PALETTES[palette], seed)
    SCENES[scene](canvas)
    return canvas.jpeg()
