from django.db.models import Q


def in_branches(paths: frozenset[str], way: str = "") -> Q:
    """Rows whose organisation, or the one that `way` leads to, stands in one of these branches; nothing for no branch."""
    path = f"{way}__path" if way else "path"
    found = Q(pk__in=[])
    for start in paths:
        found |= Q(**{f"{path}__startswith": start})
    return found
