"""Some invented stories that show every page, told through the actions after the mass of files is loaded."""

from datetime import date

from django.db import transaction

from lotse.portal.demo.district import District
from lotse.portal.demo.showcase import (
    agency_analysis,
    agency_deadlines,
    agency_forms,
    agency_measures,
    agency_plan,
    agency_reports,
    agency_support,
    agreements,
    appointments,
    area_map,
    away,
    cooperation,
    counselling,
    courses,
    discrimination,
    duplicates,
    effects,
    families,
    funds_applications,
    funds_ledger,
    funds_money,
    funds_more,
    funds_proofs,
    funds_staff,
    handovers,
    imports,
    keeping,
    letters,
    network,
    partners,
    partnerships,
    posts,
    privacy,
    processes,
    quality,
    quality_audits,
    quality_certification,
    quality_documents,
    quality_duty,
    quality_evidence,
    quality_guests,
    quality_improvements,
    referrals,
    releases,
    reviews,
    strategy,
    surveys,
    topics,
    way_up,
)
from lotse.portal.demo.showcase.stage import Stage

# In this order: partners before who is referred to them, reviews before other files come to the small site.
AREAS = (
    posts, partners, partnerships, cooperation, reviews, counselling, families, duplicates, appointments, courses, referrals, handovers, away, agreements,
    letters, keeping, discrimination, privacy, imports, effects, surveys, strategy, area_map, network, topics, processes, releases, agency_forms, agency_support, agency_analysis, agency_plan, agency_measures, agency_reports, way_up,
    agency_deadlines, funds_applications, funds_money, funds_ledger, funds_proofs, funds_staff, funds_more, quality, quality_improvements, quality_audits, quality_documents, quality_duty, quality_certification, quality_guests, quality_evidence,
)  # fmt: skip


@transaction.atomic
def tell_stories(district: District, today: date) -> None:
    stage = Stage.set_up(district, today)
    for area in AREAS:
        area.tell(stage)
