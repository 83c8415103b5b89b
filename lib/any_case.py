"""Looking for a word in a column however it is capitalised."""

from django.db.models import Q


def any_case(field: str, word: str) -> Q:
    """Returns a condition that ``field`` contains ``word`` however it is capitalised.

    SQLite compares only Latin letters without case, so a Russian word is tried as people write it.
    """
    found = Q()
    for form in {word, word.lower(), word.upper(), word.capitalize(), word.title()}:
        found |= Q(**{f"{field}__icontains": form})
    return found
