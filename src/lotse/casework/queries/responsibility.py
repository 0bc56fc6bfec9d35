"""Who is responsible after a move, as far as the organisation has laid it down."""

from datetime import date

from lotse.casework import rules
from lotse.casework.models import Accommodation, Client, ResponsibilityRule
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models import Site

NAMED = ("site", "programme")


def rule_for(client: Client, lives: Accommodation, day: date) -> ResponsibilityRule | None:
    """The one that holds on the day for where and how she lives; the newest, where two meet."""
    valid = ResponsibilityRule.objects.valid_on(day).filter(organisation_id=client.organisation_id)
    fitting = valid.filter(municipality_code=lives.municipality_code, accommodation=lives.kind)
    return fitting.select_related(*NAMED).order_by("-valid_from", "-id").first()


def responsible_by_rule(client: Client) -> ResponsibilityRule | None:
    """For the page that asks the question: whom the rule names, where there is one."""
    lives = client.accommodations.first()
    return rule_for(client, lives, client.moved_on) if lives and client.moved_on else None


def is_still_ours(client: Client, rule: ResponsibilityRule) -> bool:
    programmes = set(client.cases.filter(ended_on=None).values_list("programme_id", flat=True))
    return rules.rule_names_us(rule, client.site_id, programmes)


def responsibility_rules(actor: Actor, day: date) -> list[ResponsibilityRule]:
    """What holds now or will hold."""
    own = ResponsibilityRule.objects.filter(organisation_id=actor.organisation_id).exclude(valid_to__lt=day)
    return list(own.select_related(*NAMED))


def get_rule(actor: Actor, public_id: str) -> ResponsibilityRule:
    return found(ResponsibilityRule.objects.filter(organisation_id=actor.organisation_id), public_id)


def own_sites(actor: Actor) -> dict[str, Site]:
    return {site.public_id: site for site in Site.objects.filter(organisation_id=actor.organisation_id)}


def lives_now(client: Client) -> dict[str, str]:
    """For the form of a move: most people stay in the municipality."""
    lives = client.accommodations.first()
    return {"municipality_code": (lives and lives.municipality_code) or client.site.municipality_code}
