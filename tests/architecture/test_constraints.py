"""Every named constraint refuses a row that breaks it and nothing else. A new constraint needs its line in BROKEN."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from lotse.casework.enums import Achievement, Act, CaseState, ConsentForm, ConsentState, Outcome, PlanState, Tier
from tests.factories.rows import DAY, LATER, MOMENT, row, saved

ENDED = {"state": CaseState.ABORTED, "ended_on": LATER}
ENDS_BEFORE_IT_BEGINS = {"valid_from": LATER, "valid_to": DAY}


def somebody():
    return saved(apps.get_model("organisations", "Person"))


def confirmed_by_herself():
    who = somebody()
    return {"granted_by": who, "confirmed_by": who, "confirmed_at": MOMENT}


def stands_in_for_herself():
    who = somebody()
    return {"person": who, "deputy": who}


def account():
    return saved(apps.get_model("accounts", "User"))


def asks_for_herself():
    who = account()
    return {"user": who, "requested_by": who}


def confirms_what_she_asked():
    who = account()
    return {"requested_by": who, "confirmed_by": who, "confirmed_at": MOMENT}


def handed_to_herself():
    who = somebody()
    return {"from_person": who, "to_person": who}


def accepted_by_who_offered():
    who = somebody()
    return {"state": "accepted", "offered_by": who, "decided_by": who, "decided_at": MOMENT}


def one_criterion():
    one = saved(apps.get_model("quality", "Criterion"))
    return {"from_criterion": one, "to_criterion": one}


def both(first, second):
    who = somebody()
    return {first: who, second: who}


def both_partners():
    one = saved(apps.get_model("partners", "Partner"))
    return {"partner": one, "other": one}


def confirmed_by_who(did):
    return {**both(did, "confirmed_by"), "confirmed_at": MOMENT}


def grants_herself(holder):
    who = somebody()
    return {holder: who, "granted_by": who}


def confirms_her_own(holder):
    who = somebody()
    return {holder: who, "confirmed_by": who, "confirmed_at": MOMENT}


def of_one_file(one, other):
    client = saved(apps.get_model("casework", "Client"))
    return {one: client, other: client}


FAR = date(2026, 4, 1)
ASKED = {"received_on": DAY, "due_on": LATER}


def proposed_and_confirmed():
    who = somebody()
    return {"proposed_by": who, "confirmed_by": who, "confirmed_at": MOMENT}


# Name → the values by which a good row becomes one that this constraint refuses; a function where rows are needed for it.
BROKEN = {
    "audit_has_auditor": {"auditor_body": ""},
    "audit_held_on_a_day": {"state": "held"},
    "audit_closed_on_a_day": {"closed_on": DAY},
    "preparation_done_by_somebody": {"done_on": DAY},
    "check_item_made_by_somebody": {"result": "conform"},
    "audit_finding_answered_by_somebody": {"statement_on": DAY},
    "qm_officer_days_in_order": {"appointed_on": LATER, "until": DAY},
    "criterion_link_of_two": lambda: one_criterion(),
    "assessment_days_in_order": {"begins_on": LATER, "ends_on": DAY},
    "assessment_closed_on_a_day": {"state": "closed"},
    "judgement_made_by_somebody": {"rating": "fulfilled"},
    "improvement_done_is_checked_on_a_day": {"state": "done"},
    "improvement_ends_with_a_check": {"state": "checked", "effect_due_on": DAY},
    "improvement_checked_by_another": lambda: {
        **both("owner", "effect_checked_by"), "state": "checked", "effect": "effective", "effect_due_on": DAY,
        "effect_checked_at": MOMENT,
    },
    "suggestion_answered_by_somebody": {"result": "declined"},
    "suggestion_taken_is_an_improvement": lambda: {"result": "taken", "answered_by": somebody(), "answered_at": MOMENT},
    "complaint_handled_by_another": lambda: both("about_person", "handled_by"),
    "complaint_due_after_receipt": {"received_on": LATER, "answer_due_on": DAY},
    "complaint_answered_after_receipt": {"answered_on": date(2026, 2, 28), "result": "justified"},
    "complaint_confirmed_after_receipt": {"confirmed_on": date(2026, 2, 28)},
    "complaint_answered_with_result": {"answered_on": LATER},
    "judgement_not_applicable_says_why": lambda: {"rating": "not_applicable", "assessed_by": somebody(), "assessed_at": MOMENT},
    "judgement_reviewed_by_another": lambda: {
        **both("assessed_by", "reviewed_by"), "rating": "fulfilled", "assessed_at": MOMENT, "reviewed_at": MOMENT,
    },
    "advice_answered_after_asked": lambda: {"asked_on": LATER, "answered_on": DAY, "answered_by": somebody()},
    "volunteer_end_after_begin": {"since": LATER, "ended_on": DAY},
    "deployment_within_a_day": {"minutes": 0},
    "loan_days_in_order": {"lent_on": LATER, "due_on": DAY},
    "agency_document_years_in_order": {"until_year": 2025},
    "agency_document_released_by_somebody": {"state": "released"},
    "document_step_transmitted_by_a_way": {"state": "transmitted"},
    "documentcomment_resolved_by_somebody": {"resolved_at": MOMENT},
    "agency_document_transmitted_on_a_day": lambda: {"state": "transmitted", "released_at": MOMENT, "released_by": somebody()},
    "data_item_has_source": {"source": ""},
    "dataset_has_source": {"source": ""},
    "task_goal_is_measurable": {"method": ""},
    "plan_change_decided_by_somebody": {"fundamental": False},
    "plan_change_told_only_if_fundamental": {"authority_notified_on": DAY},
    "task_step_end_after_begin": {"starts_on": LATER, "ends_on": DAY},
    "measure_end_after_begin": {"on": LATER, "until": DAY},
    "measure_funding_year_is_a_year": {"funding_year": 26},
    "evidence_attendance_list_is_personal": {"kind": "attendance_list"},
    "staff_change_days_in_order": {"effective_from": LATER, "effective_until": DAY},
    "staff_change_newcomer_with_fte": {"newcomer_from": DAY},
    "change_process_never_granted_afterwards": {"state": "granted", "decided_on": DAY, "effective_from": DAY},
    "grant_last_year_not_before_first": {"last_year": 2025},
    "form_template_end_after_begin": ENDS_BEFORE_IT_BEGINS,
    "logo_end_after_begin": ENDS_BEFORE_IT_BEGINS,
    "deadline_rule_end_after_begin": ENDS_BEFORE_IT_BEGINS,
    "deadline_rule_every_one_to_ten_years": {"every_years": 0},
    "deadline_rule_external_whole_or_none": {"external_month": 6},
    "deadline_rule_warning_whole_or_none": {"warn_month": 6},
    "obligation_sent_on_a_day": {"state": "accepted", "sent_on": None},
    "obligation_external_not_before_internal": {"internal_due": LATER, "external_due": DAY},
    "voucher_amount_positive": {"amount": 0},
    "call_received_after_called": {"called_on": LATER, "received_on": DAY},
    "call_share_amount_positive": {"amount": 0},
    "call_spending_days_in_order": {"spend_from": LATER, "spend_until": DAY},
    "bank_account_confirmed_on_a_day": {"confirmed_on": DAY},
    "bank_account_confirmed_by_second": lambda: {**both("entered_by", "confirmed_by"), "confirmed_on": DAY},
    "contract_year_amount_positive": {"amount": 0},
    "entry_amount_positive": {"amount": 0},
    "entry_expense_has_line": {"kind": "expense"},
    "forecast_value_not_negative": {"amount": -1},
    "need_report_amount_with_kind": {"kind": "none", "amount": 5},
    "need_report_says_why": {"kind": "more", "amount": 5},
    "application_submitted_on_a_day": {"state": "submitted"},
    "carrier_part_handed_in_on_a_day": {"state": "handed_in"},
    "part_post_fte_positive": {"fte": 0},
    "part_post_days_in_order": {"starts_on": LATER, "ends_on": DAY},
    "part_cost_amount_positive": {"amount": 0},
    "part_funds_amount_positive": {"amount": 0},
    "volume_agreement_not_negative": {"fte": Decimal(-1)},
    "notice_year_amount_not_negative": {"amount": -1},
    "payment_amount_positive": {"amount": 0},
    "subsidy_requested_positive": {"requested": 0},
    "subsidy_not_above_uncovered": {"requested": 2, "uncovered": 1, "eligible_costs": 3},
    "subsidy_uncovered_not_above_costs": {"uncovered": 2, "eligible_costs": 1},
    "subsidy_years_in_order": {"first_year": 2027, "last_year": 2026},
    "subsidy_sent_on_a_day": {"state": "sent"},
    "subsidy_awarded_with_amount": {"state": "granted", "sent_on": DAY, "decided_on": DAY},
    "subsidy_post_fte_positive": {"fte": 0},
    "use_proof_years_in_order": {"funding_year": 2025},
    "use_proof_handed_in_as_it_stood": {"state": "handed_in", "handed_in_on": DAY},
    "use_proof_transmitted_by_a_way": {"state": "transmitted", "transmitted_on": DAY},
    "difference_note_names_its_line": {"subject": "balance"},
    "proofremark_resolved_by_somebody": {"resolved_at": MOMENT},
    "package_done_within_total": {"done": 1, "total": 0},
    "package_failed_says_why": {"state": "failed", "failure": ""},
    "package_done_has_checksum": {"state": "done", "sha256": ""},
    "network_format_end_after_begin": {"begun_on": LATER, "ended_on": DAY},
    "network_format_inner_part_needs_mandate": {"has_inner_part": True},
    "network_format_reports_to_another": {"pk": 4711, "reports_to_id": 4711},
    "charter_is_whole": {"goals": ""},
    "charter_shared_after_agreement": {"shared_on": DAY},
    "network_member_end_after_begin": ENDS_BEFORE_IT_BEGINS,
    "network_member_inner_part_is_for_colleagues": {"in_inner_part": True, "function": "organiser"},
    "meeting_ends_after_it_begins": {"ends_at": MOMENT.replace(hour=11)},
    "meeting_call_off_has_reason": {"state": "cancelled", "called_off_at": MOMENT},
    "meeting_minutes_after_it": {"minutes_sent_at": MOMENT},
    "attendance_guests_in_the_open_part": lambda: {
        "person": somebody(), "is_guest": True, "in_inner_part": True, "inner_since": MOMENT,
    },
    "attendance_reply_has_time": {"reply": "yes"},
    "agenda_item_has_minutes": {"lasts": 0},
    "sending_of_one_thing": lambda: {"charter": saved(apps.get_model("network", "Charter"))},
    "mandate_end_after_begin": ENDS_BEFORE_IT_BEGINS,
    "mandate_granted_by_another": lambda: grants_herself("person"),
    "mandate_has_scope": {"scope": ""},
    "process_end_after_begin": {"begun_on": LATER, "ended_on": DAY},
    "process_step_due_for_somebody": {"due_on": DAY},
    "precondition_rating_of_a_year": {"year": 1999},
    "outreach_has_title": {"title": ""},
    "alignment_timetable_in_order": {"clear_by": LATER},
    "alignment_end_after_begin": {"begun_on": LATER, "clear_by": LATER, "done_by": LATER, "ended_on": DAY},
    "rule_statement_has_subject": {"subject": ""},
    "exchange_end_after_begin": ENDS_BEFORE_IT_BEGINS,
    "exchange_says_what_and_why": {"legal_basis": ""},
    "exchange_own_yes_whole": {"own_yes_on": DAY},
    "exchange_yes_by_another": lambda: {**both("drafted_by", "own_yes_by"), "own_yes_on": DAY},
    "exchange_yes_or_objection": lambda: {"own_yes_by": somebody(), "own_yes_on": DAY, "objected_on": DAY},
    "exchange_other_yes_whole": {"other_yes_by": "Frau Kern", "other_yes_on": DAY},
    "exchange_active_with_both_yes": lambda: {"own_yes_by": somebody(), "own_yes_on": DAY, "activated_on": DAY},
    "exchange_ended_after_it_held": {"ended_on": DAY},
    "snapshot_ends_after_it_begins": {"start": LATER, "end": DAY},
    "snapshot_release_has_person": {"released_at": MOMENT},
    "snapshot_released_has_time": {"state": "released"},
    "snapshot_withdrawn_has_reason": {"reason": "Irrtum"},
    "snapshot_withdrawn_has_time": {"state": "withdrawn"},
    "review_round_one_to_twenty": {"per_counsellor": 21},
    "review_round_confirmed_by_another": lambda: confirms_her_own("reviewer"),
    "file_review_answers_have_date": {"answers": {"goals": "yes"}},
    "review_point_done_by_somebody": {"done_on": DAY},
    "absence_ends_after_it_begins": {"first_on": LATER, "last_on": DAY},
    "absence_deputy_is_another": stands_in_for_herself,
    "transfer_to_another_person": handed_to_herself,
    "transfer_decided_by_somebody": {"state": "accepted"},
    "transfer_accepted_by_another": accepted_by_who_offered,
    "transfer_undone_has_time": lambda: {"state": "undone", "decided_by": somebody(), "decided_at": MOMENT},
    "client_has_place_and_person": {"site": None},
    "client_erased_is_nobody": {"erased_month": DAY},
    "client_frozen_has_ground": {"frozen_on": DAY},
    "support_plan_has_number": {"number": None},
    "subject_request_due_after_it": {"received_on": DAY, "due_on": DAY},
    "subject_request_extended_beyond": {**ASKED, "extended_until": LATER},
    "subject_request_answer_has_date": {**ASKED, "answer": "granted"},
    "subject_request_identity_first": {**ASKED, "answered_on": LATER, "answer": "granted"},
    "subject_request_answered_after_it": {**ASKED, "received_on": LATER, "due_on": FAR, "identity": "known", "answered_on": DAY, "answer": "granted"},
    "erasure_hold_has_reason": {"reason": ""},
    "erasure_run_confirmed_by_another": proposed_and_confirmed,
    "erasure_run_confirmation_pair": {"confirmed_at": MOMENT},
    "erasure_run_nothing_unconfirmed": {"erased": 1},
    "erasure_run_confirmed_or_cancelled": lambda: {"confirmed_by": somebody(), "confirmed_at": MOMENT, "cancelled_at": MOMENT},
    "retention_rule_within_thirty_years": {"months": 361},
    "retention_rule_has_reason": {"reason": ""},
    "invitation_used_or_withdrawn": {"used_at": MOMENT, "withdrawn_at": MOMENT},
    "factor_reset_requested_by_another": asks_for_herself,
    "factor_reset_confirmed_by_another": confirms_what_she_asked,
    "factor_reset_confirmation_pair": {"confirmed_at": MOMENT},
    "organisation_name_end_after_begin": ENDS_BEFORE_IT_BEGINS,
    "membership_end_after_begin": ENDS_BEFORE_IT_BEGINS,
    "membership_confirmed_by_another": confirmed_by_herself,
    "membership_confirmation_pair": lambda: {"confirmed_by": somebody()},
    "membership_granted_by_another": lambda: grants_herself("person"),
    "membership_confirmed_by_no_holder": lambda: confirms_her_own("person"),
    "membership_with_files_confirmed": {"role": "counsellor", "needs_confirmation": False},
    "deputy_end_after_begin": ENDS_BEFORE_IT_BEGINS,
    "deputy_confirmed_by_another": confirmed_by_herself,
    "deputy_confirmation_pair": lambda: {"confirmed_by": somebody()},
    "deputy_granted_by_another": lambda: grants_herself("deputy"),
    "deputy_confirmed_by_no_holder": lambda: confirms_her_own("deputy"),
    "deputy_always_confirmed": {"needs_confirmation": False},
    "person_leaves_after_start": {"started_on": LATER, "left_on": DAY},
    "site_is_branch_of_another": {"pk": 4711, "branch_of_id": 4711},
    "deputy_is_another_person": stands_in_for_herself,
    "post_fte_positive": {"fte": Decimal(0)},
    "post_share_end_after_begin": ENDS_BEFORE_IT_BEGINS,
    "post_share_fte_between_0_and_1": {"fte": Decimal("1.01")},
    "catalogue_override_changes_something": {"label": ""},
    "catalogue_override_order_from_one": {"order": 0},
    "catalogue_override_ends_after_begin": ENDS_BEFORE_IT_BEGINS,
    "caseload_guide_between_1_and_999": {"cases_per_fte": 0},
    "yearly_rating_one_to_four": {"rating": 5},
    "figure_target_up_to_all": {"unit": "%", "value": 101},
    "figure_target_until_after_decision": {"decided_on": LATER, "review_on": date(2026, 3, 3)},
    "figure_target_review_after_decision": {"review_on": DAY},
    "figure_target_end_after_decision": {"decided_on": LATER, "until": LATER, "review_on": date(2026, 3, 3), "ended_on": DAY},
    "target_review_next_after": {"next_on": DAY},
    "programme_name_end_after_begin": ENDS_BEFORE_IT_BEGINS,
    "funding_year_end_after_begin": {"starts_on": LATER, "ends_on": LATER},
    "site_offer_end_after_begin": ENDS_BEFORE_IT_BEGINS,
    "post_funding_end_after_begin": ENDS_BEFORE_IT_BEGINS,
    "post_funding_fte_between_0_and_1": {"fte": Decimal(0)},
    "client_merged_into_another": {"pk": 4711, "merged_into_id": 4711},
    "pair_in_order": lambda: of_one_file("first", "second"),
    "pair_ends_after_decision": {"decided_on": LATER, "ended_on": DAY},
    "merge_of_two_files": lambda: of_one_file("survivor", "absorbed"),
    "merge_undone_by_somebody": {"undone_at": MOMENT},
    "household_size_at_least_one": {"size": 0},
    "client_entry_after_birth": {"birth_date": LATER, "entered_germany_on": DAY},
    "client_informed_in_a_language": {"informed_language": ""},
    "household_member_leaves_after_arrival": {"lives_in_household_since": LATER, "left_household_on": DAY},
    "household_member_is_another_person": lambda: of_one_file("client", "own_file"),
    "client_property_returned_after_receipt": lambda: {
        "received_on": LATER, "returned_on": DAY, "returned_by": somebody(),
    },
    "client_property_returned_by_somebody": {"returned_on": LATER},
    "responsibility_rule_ends_after_it_begins": ENDS_BEFORE_IT_BEGINS,
    "responsibility_rule_names_one": {"elsewhere": ""},
    "damage_settled_after_report": {"reported_on": LATER, "settled_on": DAY},
    "residence_status_end_after_begin": ENDS_BEFORE_IT_BEGINS,
    "file_assignment_end_after_begin": ENDS_BEFORE_IT_BEGINS,
    "file_assignment_confirmed_by_another": confirmed_by_herself,
    "file_assignment_always_confirmed": {"needs_confirmation": False},
    "file_assignment_emergency_ends": {"is_emergency": True, "valid_to": None},
    "file_assignment_emergency_for_an_hour": {"is_emergency": True, "valid_to": LATER, "confirmed_at": MOMENT},
    "handover_to_another_person": handed_to_herself,
    "handover_decided_by_somebody": {"state": "accepted"},
    "handover_accepted_by_another": accepted_by_who_offered,
    "appointment_ends_after_it_begins": {"ends_at": MOMENT},
    "appointment_room_is_in_the_house": {"place": "phone", "room": "Zimmer 2"},
    "appointment_with_contact_was_held": lambda: {"contact": saved(apps.get_model("casework", "Contact"))},
    "appointment_interpreter_has_language": {"interpreter_booked": Decimal(1)},
    "appointment_interpreter_hours_within_a_day": {"interpreter_language": "ar", "interpreter_used": Decimal(25)},
    "handover_programme_with_reason": lambda: {"to_programme": saved(apps.get_model("programmes", "Programme"))},
    "cooperation_end_after_begin": {"valid_from": LATER, "valid_to": DAY},
    "cooperation_check_is_whole": {"checked_on": DAY},
    "cooperation_signed_by_both": {"checked_on": DAY, "checked_by": "Recht", "signed_on": DAY},
    "cooperation_signed_after_check": lambda: {"signed_on": DAY, "signed_by": somebody(), "partner_signed_on": DAY, "partner_signer": "Frau Wolf"},
    "partner_relation_once_for_both": lambda: both_partners(),
    "partner_relation_ends_after_begin": {"since": LATER, "ended_on": DAY},
    "cooperation_end_has_reason": {"ended_on": DAY},
    "agreement_review_after_agreed": {"agreed_on": DAY, "language": "de", "review_on": DAY},
    "agreement_end_after_agreed": {"agreed_on": LATER, "language": "de", "ended_on": DAY, "end_reason": "house"},
    "agreement_end_has_reason": {"end_reason": "house"},
    "agreement_in_a_language": {"agreed_on": DAY},
    "appointment_deleted_after_it": {"takes_place_at": MOMENT, "delete_after": DAY.replace(month=2)},
    "case_end_after_first_contact": {**ENDED, "first_contact_on": LATER, "ended_on": DAY},
    "case_end_date_iff_ended": {"ended_on": LATER},
    "case_closed_after_evaluation": {**ENDED, "state": CaseState.CLOSED, "tier": Tier.CASE_MANAGEMENT},
    "case_sustainability_after_evaluation": {"evaluated_on": LATER, "sustainability_checked_on": DAY},
    "case_end_after_sustainability_check": {
        **ENDED, "ended_on": DAY, "evaluated_on": DAY, "sustainability_checked_on": LATER,
    },
    "case_referral_has_target": {**ENDED, "state": CaseState.CLOSED_REFERRED},
    "case_is_no_single_enquiry": {"tier": Tier.SINGLE_ENQUIRY},
    "course_planned_end_after_begin": {"starts_on": LATER, "ends_on": DAY},
    "course_finished_after_it_began": {"finished_on": DAY},
    "course_dropout_after_it_began": {"began_on": LATER, "dropped_out_on": DAY, "dropout_reason": "work"},
    "course_dropout_has_reason": {"dropped_out_on": DAY},
    "course_finished_or_dropped_out": {
        "began_on": DAY, "finished_on": DAY, "dropped_out_on": DAY, "dropout_reason": "work",
    },
    "provider_contact_named_has_consent": {"names_person": True},
    "case_mail_only_sent_to_partner": lambda: {"direction": "in", "partner": saved(apps.get_model("partners", "Partner"))},
    "consent_decided_has_date": {"state": ConsentState.GIVEN},
    "consent_ended_has_date": {"state": ConsentState.WITHDRAWN, "decided_on": DAY},
    "consent_decided_after_request": {"state": ConsentState.GIVEN, "requested_on": LATER, "decided_on": DAY},
    "consent_ended_after_decision": {
        "state": ConsentState.WITHDRAWN, "requested_on": DAY, "decided_on": LATER, "ended_on": DAY,
    },
    "consent_disclosure_has_recipient": {"act": Act.DISCLOSURE},
    "consent_oral_has_reason": {"form": ConsentForm.ORAL},
    "contact_minutes_within_a_day": {"minutes": 961},
    "enquiry_referral_has_target": {"outcome": Outcome.REFERRED},
    "part_a_after_agreement_and_consent": {"recorded_on": DAY, "competence_on": LATER},
    "referral_sent_has_time": {"state": "sent"},
    "referral_sent_with_consent": {"state": "sent", "sent_at": MOMENT},
    "referral_end_has_time": {"state": "cancelled"},
    "referral_declined_with_reason": {"decline_reason": "other"},
    "referral_code_tries": {"wrong_codes": 6},
    "support_plan_agreed_has_date": {"state": PlanState.AGREED},
    "support_plan_agreed_after_draft": {"drafted_on": LATER, "agreed_on": DAY, "environment": ["family"]},
    "support_plan_environment_answered": {"agreed_on": DAY},
    "support_plan_signed_after_agreed": {"agreed_on": LATER, "signed_on": DAY, "environment": ["family"]},
    "support_plan_handed_out_pair": {"handed_out_on": DAY},
    "plan_step_due_after_agreed": {"agreed_on": LATER, "due_on": DAY},
    "plan_step_achieved_has_date": {"achieved": Achievement.YES},
    "stored_file_deleted_is_empty": {"storage_name": ""},
    "import_finished_has_time": {"finished_at": MOMENT},
    "import_done_within_total": {"done": 2, "total": 1},
    "import_failed_says_why": {"state": "failed", "failure": ""},
    "mail_sent_has_time": {"sent_at": MOMENT},
    "reminder_within_two_weeks": {"days_before": 15},
    "signed_link_ends_after_it_begins": {"valid_until": MOMENT},
    "survey_round_ends_after_it_begins": {"opens_on": LATER, "closes_on": DAY},
    "survey_round_after_follows_before": {"moment": "after"},
    "survey_round_codes_within_limit": {"codes_drawn": 501},
    "reporting_period_due_after_its_end": {"starts_on": DAY, "ends_on": DAY, "due_on": DAY},
    "installation_confirmed_by_another": lambda: confirmed_by_who("registered_by"),
    "installation_confirmation_is_a_pair": {"confirmed_at": MOMENT},
    "closing_approved_by_another": lambda: both("drawn_by", "approved_by"),
    "closing_accepted_by_another": lambda: both("approved_by", "accepted_by"),
    "closing_done_was_approved": {"state": "approved"},
    "closing_reopened_with_reason": {"state": "reopened"},
    "closing_of_one_unit": lambda: {"site": saved(apps.get_model("organisations", "Site")), "installation": saved(apps.get_model("wayup", "Installation"))},
    "closing_covers_at_most_all": {"units_included": 1, "units_expected": 0},
    "attendance_inner_place_has_time": {"inner_since": MOMENT},
    "attendance_let_in_by_another": lambda: {"let_in_by": somebody()},
    "release_by_another_than_proposed": lambda: {**both("proposed_by", "released_by"), "released_at": MOMENT},
    "release_before_it_is_forwarded": {"forwarded_at": MOMENT},
    "action_item_closed_has_day": {"state": "done"},
    "action_item_inner_owner_sits_there": {"part": 1},
    "action_item_controlled_after_closing": {"controlled_on": DAY},
    "action_item_controlled_by_another": lambda: {
        **both("owner", "controlled_by"), "state": "done", "closed_on": DAY, "controlled_on": DAY,
    },
    "topic_released_before_it_leaves_the_forum": {"state": "discussed"},
    "topic_answer_has_day": {"state": "feedback_given", "released_on": DAY},
}  # fmt: skip
# What both rows of a pair have in common besides the columns of the unique constraint: where it holds for some rows only.
TWINS = {
    "contract_year_once_in_amendment": lambda: {"amendment": saved(apps.get_model("funding", "ContractAmendment"))},
    "partner_language_once": {"offer": None},
    "partner_relation_to_us_once": {"other": None},
    "snapshot_edition_once": {"site": None},
    "agreement_one_integration": {"kind": "integration", "agreed_on": DAY, "language": "de"},
    "report_section_measure_once": {"kind": "measure"},
    "report_section_task_once": {"kind": "task"},
    "consent_one_in_force": {"state": ConsentState.GIVEN, "decided_on": DAY},
}

OWN_MODELS = [m for c in apps.get_app_configs() if c.name.startswith("lotse.") for m in c.get_models()]
ALL = [(model, constraint) for model in OWN_MODELS for constraint in model._meta.constraints]
CHECKS = [pair for pair in ALL if isinstance(pair[1], models.CheckConstraint)]
UNIQUES = [pair for pair in ALL if isinstance(pair[1], models.UniqueConstraint)]


def by_name(pairs):
    return [pytest.param(*pair, id=pair[1].name) for pair in pairs]


def values_of(entry):
    return entry() if callable(entry) else entry


def refusal(instance):
    """What the database says to the row."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        type(instance)._base_manager.bulk_create([instance])
    return str(caught.value)


@pytest.fixture(autouse=True)
def constraint_taken_out(request, django_db_setup, django_db_blocker):
    """For `make mutants`: the table is made anew without the constraint that the test is about, and afterwards with it."""
    chosen = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    if not request.config.getoption("--without-constraints") or "constraint" not in chosen:
        yield
        return
    model, constraint = chosen["model"], chosen["constraint"]
    with django_db_blocker.unblock():
        take_out(model, constraint)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.add_constraint(model, constraint)


def take_out(model, constraint):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA legacy_alter_table = ON")  # triggers of other tables that name this one stay as they are
    named = model._meta.constraints
    model._meta.constraints = [other for other in named if other is not constraint]
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    model._meta.constraints = named


def test_every_check_has_a_row_that_breaks_it():
    assert sorted(BROKEN) == sorted(constraint.name for _model, constraint in CHECKS)


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model.__name__)
def test_the_plainest_row_is_accepted(db, model):
    """So that a refusal below comes from what was broken."""
    assert saved(model).pk


@pytest.mark.parametrize(("model", "constraint"), by_name(CHECKS))
def test_database_refuses_a_row_that_breaks(db, model, constraint):
    assert constraint.name in refusal(row(model, **values_of(BROKEN[constraint.name])))


@pytest.mark.parametrize(("model", "constraint"), by_name(CHECKS))
def test_the_user_is_told_why_in_german_and_nothing_else(db, model, constraint):
    broken = row(model, **values_of(BROKEN[constraint.name]))
    with pytest.raises(ValidationError) as caught:
        broken.validate_constraints()
    assert caught.value.messages == [constraint.violation_error_message]


@pytest.mark.parametrize(("model", "constraint"), by_name(UNIQUES))
def test_database_refuses_a_second_row_with_the_same(db, model, constraint):
    common = values_of(TWINS.get(constraint.name, {}))
    first = saved(model, **common)
    twin = row(model, **{**common, **{name: getattr(first, name) for name in constraint.fields}})

    # PostgreSQL says the name, SQLite the columns
    columns = ", ".join(f"{model._meta.db_table}.{model._meta.get_field(name).column}" for name in constraint.fields)
    assert (constraint.name if connection.vendor == "postgresql" else columns) in refusal(twin)
