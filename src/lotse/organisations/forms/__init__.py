"""Parse and validate what is typed in the pages of an organisation; call nothing."""

from lotse.organisations.forms.grants import DeputyForm, RoleForm
from lotse.organisations.forms.people import LeaveForm, PersonForm
from lotse.organisations.forms.posts import PostForm, ShareForm
from lotse.organisations.forms.shared import EndForm, FteField, pick, picked
from lotse.organisations.forms.units import FoundForm, MoveForm, NameForm, OrganisationForm, SiteForm

__all__ = [
    "DeputyForm",
    "EndForm",
    "FoundForm",
    "FteField",
    "LeaveForm",
    "MoveForm",
    "NameForm",
    "OrganisationForm",
    "PersonForm",
    "PostForm",
    "RoleForm",
    "ShareForm",
    "SiteForm",
    "pick",
    "picked",
]
