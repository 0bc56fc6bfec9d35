"""The rules of casework as tiny predicates. The docstring is the rule in one sentence, with its id (docs/rules.md)."""

from collections.abc import Collection
from datetime import date, timedelta

from lotse.casework.enums import Act, ConsentForm, ConsentState, Outcome, ReferralState, Tier
from lotse.casework.models import (
    Absence,
    CaseloadTransfer,
    Client,
    Consent,
    CounsellingCase,
    ErasureRun,
    FileAssignment,
    Handover,
    Referral,
    ResponsibilityRule,
    ReviewRound,
    SupportPlan,
)
from lotse.casework.models.referral import CODE_TRIES
from lotse.core.dates import years_later
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Person, Site

READS_FILES = (Permission.COUNSEL, Permission.REVIEW_FILES)
ANTI_DISCRIMINATION = "ads"
HEALTH_GROUNDS = ("disability",)
TIERS_WITH_PARTS = (Tier.BASIC_COUNSELLING, Tier.CASE_MANAGEMENT)


def can_record_enquiry(actor: Actor) -> bool:
    """Who counsels may record a one-off enquiry (EN-01)."""
    return actor.may(Permission.RECORD_ENQUIRY)


def reads_files(actor: Actor) -> bool:
    """Files are read by those who counsel and, for their site, by the technical lead (DP-04)."""
    return any(actor.may(permission) for permission in READS_FILES)


def can_counsel(actor: Actor) -> bool:
    """Only who counsels opens and continues a file; administration, district and funder never do (DP-04)."""
    return actor.may(Permission.COUNSEL)


def can_import(actor: Actor) -> bool:
    """Clients are taken over from a table by the technical lead, for sites whose files she reads anyway (IM-01)."""
    return actor.may(Permission.IMPORT_CLIENTS) and bool(actor.reviewed_site_ids)


def tier_allows_parts(tier: str) -> bool:
    """A one-off enquiry stores nothing of Teil A or Teil B (CL-01)."""
    return tier in TIERS_WITH_PARTS


def part_a_is_open(client: Client) -> bool:
    """Teil A needs the agreement, the consent and the consent to the record of competences, all three (CL-02)."""
    return bool(client.agreement_on and client.recording_on and client.competence_on) and not is_restricted(client)


def plan_is_open(client: Client) -> bool:
    """Counselling with a file needs the agreement and the consent; each alone is not enough (CL-02)."""
    return bool(client.agreement_on and client.recording_on) and not is_restricted(client)


def health_is_open(client: Client) -> bool:
    """Health data need an explicit consent of their own (DP-11)."""
    return part_a_is_open(client) and bool(client.health_on)


def is_restricted(client: Client) -> bool:
    """After withdrawal of the consent the file rests at once: kept, not shown, not continued (DP-12)."""
    return client.restricted_on is not None


def ends_counselling(client: Client, consent: Consent) -> bool:
    """With the agreement or the recording the counselling ends, and what was planned with it (DP-12)."""
    return is_restricted(client) or consent.act == Act.AGREEMENT


def reason_is_missing(has_part: bool, reason: str) -> bool:
    """A missing Teil A or Teil B needs its reason (CL-05)."""
    return not has_part and not reason


def part_b_is_expected(tier: str) -> bool:
    """Case management expects goals and steps; counselling may have them (CL-03, CL-04)."""
    return tier == Tier.CASE_MANAGEMENT


def goals_are_due(since: date | None, day: date, within_days: int) -> bool:
    """Case management has a goal within the time that the house has set (CL-04)."""
    return since is not None and day > since + timedelta(days=within_days)


def referral_names_target(outcome: str, has_target: bool) -> bool:
    """Who is not responsible names where help is found (CL-07)."""
    return outcome != Outcome.REFERRED or has_target


def decision_is_joint(decided_jointly: bool | None) -> bool:
    """How it goes on is decided together (CL-08)."""
    return decided_jointly is True


def may_close(case: CounsellingCase) -> bool:
    """Case management closes only after evaluation and check of sustainability (CL-09)."""
    if case.tier != Tier.CASE_MANAGEMENT:
        return True
    return bool(case.evaluated_on and case.sustainability_checked_on)


def offer_is_over(case: CounsellingCase, day: date, years: int | None) -> bool:
    """The offer lasts three years at the most, longer only with a reason (CL-10)."""
    if not years:
        return False
    limit = case.extended_until or years_later(case.first_contact_on, years)
    return day > limit


def window_is_over(client: Client, day: date, years: int = 3) -> bool:
    """Eligibility ends three years after entry, or after the permanent status for foreigners; resettlers: entry (CL-11)."""
    starts = [client.entered_germany_on, None if client.is_resettler else client.permanent_status_on]
    known = [start for start in starts if start]
    return bool(known) and day > years_later(max(known), years)


def crisis_is_needed(target_group: str) -> bool:
    """People who live here longer are advised in a concrete crisis and with free capacity (CL-12)."""
    return target_group in ("tg_settled_crisis", "tg_opening_clause")


def group_has_window(target_group: str) -> bool:
    """The window of three years holds for newcomers; who lives here longer has none (CL-11)."""
    return not crisis_is_needed(target_group)


def has_priority(target_group: str, has_course_duty: bool | None) -> bool:
    """Among people who live here longer, who must attend an Integrationskurs comes first (CL-12)."""
    return target_group == "tg_settled_crisis" and has_course_duty is True


def asks_who_is_responsible(before: str, after: str) -> bool:
    """Who moves out of shared accommodation or into it, or to another place, may belong to somebody else (CL-25)."""
    return bool(before and after) and before != after


def rule_names_us(rule: ResponsibilityRule, site_id: int, programmes: Collection[int]) -> bool:
    """A rule leaves a file where it is, if it names its site and no other programme than hers (CL-27)."""
    return rule.site_id == site_id and (rule.programme_id is None or rule.programme_id in programmes)


def sets_responsibility(actor: Actor) -> bool:
    """Who is responsible where is laid down by the technical lead or who manages the house (CL-27)."""
    return actor.may(Permission.REVIEW_FILES) or actor.may(Permission.MANAGE_ORGANISATION)


def may_pass_on(actor: Actor, client: Client) -> bool:
    """A file is passed on by who is responsible, by her deputy or by the technical lead of the site (CL-24)."""
    return client.responsible_id in actor.file_holder_ids or client.site_id in actor.reviewed_site_ids


def may_accept(actor: Actor, handover: Handover) -> bool:
    """Who receives the file accepts it, or a second person confirms; never who offered it (CL-24)."""
    if actor.person_id == handover.offered_by_id or actor.organisation_id != handover.organisation_id:
        return False
    return actor.person_id == handover.to_person_id or actor.may(Permission.CONFIRM_FILE_ACCESS)


def may_check(actor: Actor, assignment: FileAssignment) -> bool:
    """Access is confirmed by neither who asked for it nor who gains by it (AC-01)."""
    is_other = actor.person_id not in (assignment.granted_by_id, assignment.person_id)
    same_house = assignment.organisation_id == actor.organisation_id
    return is_other and same_house and actor.may(Permission.CONFIRM_FILE_ACCESS)


def may_allow_emergency(actor: Actor, assignment: FileAssignment) -> bool:
    """A look in an emergency is allowed by technical lead or data protection officer, never by who asks (FA-01)."""
    same_house = assignment.organisation_id == actor.organisation_id
    return same_house and actor.person_id != assignment.person_id and actor.may(Permission.ALLOW_EMERGENCY)


def second_case_is_covered(has_open_case: bool, has_joint_consent: bool) -> bool:
    """Two services advise the same person side by side only with her consent (CL-26)."""
    return has_joint_consent or not has_open_case


def can_merge(actor: Actor) -> bool:
    """Two files are linked, merged and separated by who reads both, in counselling or as technical lead (DU-01)."""
    return reads_files(actor)


def environment_is_answered(plan: SupportPlan) -> bool:
    """Family, school and others are considered when goals are set: the question is answered (CL-13)."""
    return bool(plan.environment)


def recognition_names_office(state: str, office: str) -> bool:
    """A recognition in progress names the office (CL-17)."""
    return state != "in_progress" or bool(office.strip())


def is_catalogue_or_own_words(key: str, text: str) -> bool:
    """Area and goal come from the list or in own words, one of them (CL-18)."""
    return bool(key) != bool(text.strip())


def is_informed(informed_on: date | None, language: str) -> bool:
    """The person is informed about the recording, on a day and in a language, before anything is saved (DP-01)."""
    return bool(informed_on and language)


def oral_is_explained(form: str, reason: str) -> bool:
    """An oral consent says why it is not written (DP-02)."""
    return form != ConsentForm.ORAL or bool(reason.strip())


def disclosure_is_covered(consents: Collection[Consent], recipient_id: int) -> bool:
    """Nothing goes to a third party without a consent for this recipient (DP-03)."""
    return any(
        c.act == Act.DISCLOSURE and c.state == ConsentState.GIVEN and c.recipient_id == recipient_id for c in consents
    )


EXCHANGE = "Austausch mit dem Kursträger über den Kurs"


def exchange_consent(consents: Collection[Consent], provider_id: int) -> Consent | None:
    """The consent under which the provider may hear of this person: for this recipient and for this purpose."""
    covering = (c for c in consents if c.purpose == EXCHANGE and disclosure_is_covered([c], provider_id))
    return next(covering, None)


def wants_cooperation(phase: str, is_agreed: bool) -> bool:
    """Around a course there is a cooperation agreement with its provider; without one the page says so (CL-22)."""
    return phase != "after" and not is_agreed


def provider_contact_is_due(is_running: bool, last_on: date | None, day: date, within_days: int = 42) -> bool:
    """While a course runs, counsellor and provider are in contact regularly (CL-21)."""
    return is_running and last_on is not None and day > last_on + timedelta(days=within_days)


def has_fixed_contact(contact_person: str, presence: str) -> bool:
    """In a course there are a fixed contact person and fixed presence times (CL-23)."""
    return bool(contact_person.strip()) and bool(presence.strip())


def covers_referral(consent: Consent, referral: Referral) -> bool:
    """A disclosure covers the recipient, the purpose and the sections that it names, and nothing else (DP-03)."""
    names_it = consent.purpose == referral.purpose and set(referral.sections) <= set(consent.scope)
    return names_it and disclosure_is_covered([consent], referral.partner_id)


def may_take_part(consents: Collection[Consent], partner_id: int) -> bool:
    """A partner takes part in a working agreement after the person's consent to just that (DP-03)."""
    return any("working_agreement" in c.scope and disclosure_is_covered([c], partner_id) for c in consents)


PART_A_SECTION = "part_a."


def section_is_open(client: Client, section: str) -> bool:
    """Teil A leaves the house only while it is open within it; its health chapter with the consent of its own (DP-11)."""
    if section == f"{PART_A_SECTION}health":
        return health_is_open(client)
    return part_a_is_open(client) if section.startswith(PART_A_SECTION) else not is_restricted(client)


OPEN_TO_PARTNER = (ReferralState.SENT, ReferralState.SEEN, ReferralState.ACCEPTED)


def is_open_to_partner(referral: Referral) -> bool:
    """A partner reads while the link runs, the consent is in force and the file does not rest (RF-02)."""
    if referral.link is None or referral.consent is None or not referral.link.is_open:
        return False
    return (
        referral.state in OPEN_TO_PARTNER
        and referral.consent.state == ConsentState.GIVEN
        and not is_restricted(referral.client)
    )


def code_is_locked(referral: Referral) -> bool:
    """Five wrong codes lock the link until a new code is given (RF-03)."""
    return referral.wrong_codes >= CODE_TRIES


def may_mail_client(consents: Collection[Consent]) -> bool:
    """A client gets e-mail only with a consent to that channel (CO-05)."""
    return any(c.act == Act.EMAIL and c.state == ConsentState.GIVEN for c in consents)


def is_today_or_earlier(day: date, today: date) -> bool:
    """What has happened has no date in the future (DA-01)."""
    return day <= today


def ends_soon(ends_on: date | None, day: date, within_days: int = 90) -> bool:
    """A clock that runs out within three months is pointed out in time (CL-10, CL-11)."""
    return ends_on is not None and day <= ends_on <= day + timedelta(days=within_days)


def choice_is_explained(suggested_id: int | None, chosen_id: int | None, reason: str) -> bool:
    """Whoever chooses another programme than the suggested one says why (EL-02)."""
    differs = None not in (suggested_id, chosen_id) and chosen_id != suggested_id
    return not differs or bool(reason.strip())


def sees_capacity(actor: Actor) -> bool:
    """Free capacity is seen by who counsels, reviews files or coordinates; never from outside (KA-01)."""
    return reads_files(actor) or (actor.may(Permission.MANAGE_ORGANISATION) and actor.may(Permission.COUNT_CLIENTS))


def sets_caseload(actor: Actor) -> bool:
    """How many cases a post carries is decided by the technical lead or who manages the house (KA-02)."""
    return sees_capacity(actor) and (actor.may(Permission.REVIEW_FILES) or actor.may(Permission.MANAGE_ORGANISATION))


def knows_exact_load(actor: Actor, person_id: int | None, site_id: int) -> bool:
    """Exact numbers go to who may read these cases; the others learn steps of ten (KA-01, DP-13)."""
    return person_id == actor.person_id or site_id in actor.reviewed_site_ids


def is_about_discrimination(programme_code: str) -> bool:
    """Grounds of discrimination belong to the programme of anti-discrimination advice, and to no other (AD-01)."""
    return programme_code == ANTI_DISCRIMINATION


def ground_is_open(client: Client, ground: str) -> bool:
    """A ground that tells of somebody's health needs the consent to health data (DP-11)."""
    return ground not in HEALTH_GROUNDS or client.health_on is not None


def may_ask_for_data(actor: Actor) -> bool:
    """Requests of a person about her own data are taken down by who reads her file (DS-01)."""
    return reads_files(actor)


def is_frozen(client: Client) -> bool:
    """A file whose processing is restricted is read and not continued (DS-04)."""
    return client.frozen_on is not None


def may_propose_erasure(actor: Actor) -> bool:
    """Erasure is proposed by who answers for data protection, never by system administration (DS-06)."""
    return actor.may(Permission.PRIVACY)


def may_confirm_erasure(actor: Actor, run: ErasureRun) -> bool:
    """An erasure is confirmed by another person of the same house than who proposed it (DS-06)."""
    same_house = actor.organisation_id == run.organisation_id
    return actor.may(Permission.PRIVACY) and same_house and actor.person_id != run.proposed_by_id


def stands_in_now(absence: Absence, day: date) -> bool:
    """A deputy sees the next steps from the first day of the absence to the last, not before and not after (VT-01)."""
    return absence.first_on <= day <= absence.last_on


def may_enter_absence(actor: Actor, person: Person) -> bool:
    """An absence is entered by who is away, or by who leads her house (VT-01)."""
    same_house = actor.organisation_id == person.organisation_id
    return same_house and (actor.person_id == person.pk or actor.may(Permission.CONFIRM_FILE_ACCESS))


def may_accept_transfer(actor: Actor, transfer: CaseloadTransfer) -> bool:
    """Many files are accepted by who gets them, or by a second person; never by who offered them (VT-02)."""
    if actor.person_id == transfer.offered_by_id or actor.organisation_id != transfer.organisation_id:
        return False
    return actor.person_id == transfer.to_person_id or actor.may(Permission.CONFIRM_FILE_ACCESS)


def may_undo_transfer(actor: Actor, transfer: CaseloadTransfer) -> bool:
    """An accepted transfer is undone by who got the files or by who leads; never by who would get them back (VT-03)."""
    if actor.person_id == transfer.from_person_id or actor.organisation_id != transfer.organisation_id:
        return False
    return actor.person_id == transfer.to_person_id or actor.may(Permission.CONFIRM_FILE_ACCESS)


def may_draw(actor: Actor, site: Site) -> bool:
    """A sample of files is drawn by who leads the site, by chance and not by choice (QP-01)."""
    return site.pk in actor.reviewed_site_ids


def may_confirm_round(actor: Actor, review_round: ReviewRound) -> bool:
    """The drawn files are opened to another reviewer by a second person, neither who drew nor who reviews (QP-01)."""
    is_other = actor.person_id not in (review_round.drawn_by_id, review_round.reviewer_id)
    same_house = review_round.organisation_id == actor.organisation_id
    return is_other and same_house and actor.may(Permission.CONFIRM_FILE_ACCESS)
