#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")  # a wrong setting is answered with its sentence, not with a traceback
    except KeyboardInterrupt:
        sys.exit(130)  # what a shell says after Ctrl-C


if __name__ == "__main__":
    main()
