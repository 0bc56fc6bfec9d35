from lotse.casework.models import CounsellingCase, DiscriminationRecord


def discrimination_of(case: CounsellingCase) -> DiscriminationRecord | None:
    """What the case is about, with its grounds."""
    return DiscriminationRecord.objects.filter(case=case).prefetch_related("grounds").first()
