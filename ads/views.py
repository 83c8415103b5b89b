"""What the script on a page and a click ask for: which ads, these were seen, take me there. No cookie, no address."""

import random

from django.conf import settings
from django.core.signing import BadSignature
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ads import counting, inventory
from ads.answers import answer
from ads.decisions import Place, fill
from ads.models import Creative
from ads.slots import DEVICES, SLOTS
from ads.tokens import Token
from lib.beacons import Malformed, tells_malformed, words_of

MAX_BOXES, MAX_TAGS, MAX_BODY = 12, 50, 8_192
LANGUAGES = {code for code, _name in settings.LANGUAGES}
dice = random.SystemRandom().random


@require_safe
@never_cache
@tells_malformed
def decide(request: HttpRequest) -> HttpResponse:
    """Answers what is shown in each box of a page, in their order; null where there is nothing."""
    now, places = timezone.now(), _places(request.GET)
    stock = inventory.running(now)
    chosen = fill(places, stock.candidates, now, dice)
    with translation.override(places[0].language):
        ads = [each and answer(stock.rotation(each), place, now) for place, each in zip(places, chosen, strict=True)]
    return JsonResponse({"ads": ads})


def _places(query: QueryDict) -> list[Place]:
    """Reads the boxes of a page. Raises Malformed."""
    keys, tags = query.get("slots", "").split(","), query.get("tags", "").split("|")
    device, language = query.get("device", ""), query.get("language", "")
    if len(keys) > MAX_BOXES or any(key not in SLOTS for key in keys):
        raise Malformed("slots: names of places with commas, at most twelve")
    if device not in DEVICES or language not in LANGUAGES or len(tags) > MAX_TAGS:
        raise Malformed(f"device: {' or '.join(DEVICES)}; language: {' or '.join(sorted(LANGUAGES))}; tags: at most 50")
    wanted = frozenset(tag.strip().casefold() for tag in tags)
    return [Place(SLOTS[key], device, language, query.get("category", ""), wanted) for key in keys]


@csrf_exempt
@require_POST
@tells_malformed
def seen(request: HttpRequest) -> HttpResponse:
    """Takes the tokens of ads that were seen, one a line. Only a file is written."""
    counting.note(counting.SEEN, words_of(request, MAX_BODY, MAX_BOXES), request, timezone.now())
    return HttpResponse(status=204)


@require_safe
@never_cache
def click(request: HttpRequest, signed: str) -> HttpResponse:
    """Leads to the address that is stored with the creative, and nowhere else. Counts unless the token is too old."""
    try:
        token = Token.read(signed)
    except BadSignature as error:
        raise Http404("not a link of ours") from error
    creative = get_object_or_404(Creative, pk=token.creative)
    if request.method == "GET":
        counting.note(counting.CLICK, [signed], request, timezone.now())
    return HttpResponseRedirect(creative.landing)
