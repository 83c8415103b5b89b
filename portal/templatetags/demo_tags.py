"""What the sign-in page offers on a demo site, and only there."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext

from portal.demo.signins import PASSWORD, SIGN_INS

register = template.Library()


@register.inclusion_tag("portal/_demo_signins.html", takes_context=True)
def demo_signins(context: RequestContext) -> dict[str, Any]:
    """The people of the demo, each a button that signs in; nothing at all without ``PORTAL_DEMO=1``."""
    shared = {name: context.get(name) for name in ("csrf_token", "next")}
    return shared | {"people": SIGN_INS if settings.DEMO else [], "password": PASSWORD}
