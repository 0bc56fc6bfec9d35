"""What may follow what: one declared table per life cycle (model.md §12). Actions ask here, nothing else moves a state.

Where a table differs from model.md: a handover is a row of its own beside the case (`HANDOVER`), so that the case keeps the
state it is passed on in; only a change of programme ends it (`HANDED_OVER`), because a case belongs to one programme; reopening begins a new episode, also after a departure, because people come back; counselling
without case management closes directly; an evaluation may lead back into case management.
"""

from collections.abc import Mapping
from typing import TypeVar

from django.core.exceptions import ValidationError

from lotse.casework.enums import (
    Achievement,
    AppointmentState,
    CaseState,
    ConsentState,
    HandoverState,
    PlanState,
    ReferralState,
)

S = TypeVar("S", CaseState, PlanState, ConsentState, Achievement, HandoverState, AppointmentState, ReferralState)

_C = CaseState
_OTHER_ENDS = frozenset({_C.ABORTED, _C.DEPARTED, _C.HANDED_OVER})
CASE: Mapping[CaseState, frozenset[CaseState]] = {
    _C.FIRST_CONTACT: frozenset({_C.CLOSED_SINGLE, _C.CLOSED_REFERRED, _C.IN_COUNSELLING, _C.IN_CASE_MANAGEMENT})
    | _OTHER_ENDS,
    _C.IN_COUNSELLING: frozenset({_C.IN_CASE_MANAGEMENT, _C.CLOSED}) | _OTHER_ENDS,
    _C.IN_CASE_MANAGEMENT: frozenset({_C.IN_COUNSELLING, _C.EVALUATING}) | _OTHER_ENDS,
    _C.EVALUATING: frozenset({_C.SUSTAINABILITY_CHECK, _C.IN_CASE_MANAGEMENT}) | _OTHER_ENDS,
    _C.SUSTAINABILITY_CHECK: frozenset({_C.CLOSED, _C.IN_CASE_MANAGEMENT}) | _OTHER_ENDS,
    _C.CLOSED: frozenset(),  # reopening begins a new episode and leaves this one as it was
    _C.CLOSED_SINGLE: frozenset(),
    _C.CLOSED_REFERRED: frozenset(),
    _C.ABORTED: frozenset(),
    _C.DEPARTED: frozenset(),
    _C.MERGED: frozenset(),  # only by merging two files, left only by undoing that
    _C.HANDED_OVER: frozenset(),
}
CASE_ENDS = frozenset(state for state, following in CASE.items() if not following)

_P = PlanState
_PLAN_ENDS = frozenset({_P.COMPLETED, _P.NOT_MATERIALISED, _P.DEPARTED, _P.NO_FURTHER_NEED})
PLAN: Mapping[PlanState, frozenset[PlanState]] = {
    _P.DRAFT: frozenset({_P.AGREED, _P.NOT_MATERIALISED, _P.DEPARTED}),
    _P.AGREED: frozenset({_P.IN_IMPLEMENTATION}) | _PLAN_ENDS,
    _P.IN_IMPLEMENTATION: _PLAN_ENDS,
    **dict.fromkeys(_PLAN_ENDS, frozenset()),
}

_S = ConsentState
CONSENT: Mapping[ConsentState, frozenset[ConsentState]] = {
    _S.REQUESTED: frozenset({_S.GIVEN, _S.REFUSED}),
    _S.GIVEN: frozenset({_S.WITHDRAWN, _S.EXPIRED}),
    _S.REFUSED: frozenset(),  # a later yes is a new act
    _S.WITHDRAWN: frozenset(),
    _S.EXPIRED: frozenset(),
}

_A = Achievement
STEP: Mapping[Achievement, frozenset[Achievement]] = {
    _A.IN_PROGRESS: frozenset({_A.YES, _A.PARTLY, _A.NO}),
    _A.YES: frozenset({_A.IN_PROGRESS, _A.PARTLY, _A.NO}),
    _A.PARTLY: frozenset({_A.IN_PROGRESS, _A.YES, _A.NO}),
    _A.NO: frozenset({_A.IN_PROGRESS, _A.YES, _A.PARTLY}),
}

_H = HandoverState
HANDOVER: Mapping[HandoverState, frozenset[HandoverState]] = {
    _H.OFFERED: frozenset({_H.ACCEPTED, _H.RETURNED, _H.WITHDRAWN}),
    _H.ACCEPTED: frozenset({_H.UNDONE}),  # as part of a caseload that was handed over by mistake
    **dict.fromkeys((_H.RETURNED, _H.WITHDRAWN, _H.UNDONE), frozenset()),
}

_T = AppointmentState
_DECIDED = frozenset(AppointmentState) - {_T.PLANNED}
APPOINTMENT: Mapping[AppointmentState, frozenset[AppointmentState]] = {
    _T.PLANNED: _DECIDED,
    **dict.fromkeys(_DECIDED, frozenset({_T.PLANNED})),  # a slip of the finger is taken back
}

_R = ReferralState
REFERRAL_ENDS = frozenset({_R.ACCEPTED, _R.DECLINED, _R.EXPIRED, _R.CANCELLED})
REFERRAL: Mapping[ReferralState, frozenset[ReferralState]] = {
    _R.DRAFT: frozenset({_R.SENT, _R.CANCELLED}),
    _R.SENT: frozenset({_R.SEEN, _R.EXPIRED, _R.CANCELLED}),
    _R.SEEN: REFERRAL_ENDS,
    **dict.fromkeys(REFERRAL_ENDS, frozenset()),
}


def require_step(table: Mapping[S, frozenset[S]], before: S, after: S) -> None:
    """Raise the German message when the table does not allow the step."""
    if after not in table[before]:
        raise ValidationError(f"Von „{before.label}“ geht es nicht direkt zu „{after.label}“.")
