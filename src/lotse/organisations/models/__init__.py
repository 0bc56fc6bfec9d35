from lotse.organisations.models.memberships import Deputy, Membership
from lotse.organisations.models.organisation import Organisation, OrganisationName
from lotse.organisations.models.person import Person
from lotse.organisations.models.posts import Post, PostShare
from lotse.organisations.models.site import Site

__all__ = ["Deputy", "Membership", "Organisation", "OrganisationName", "Person", "Post", "PostShare", "Site"]
