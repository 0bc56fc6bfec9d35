from lotse.network.models.formats import AgendaTemplate, Charter, Mandate, Member, NetworkFormat
from lotse.network.models.meetings import AgendaItem, Attendance, Meeting
from lotse.network.models.minutes import ActionItem, Decision, Notes, Objection, Release
from lotse.network.models.sendings import Sending
from lotse.network.models.topics import Topic, TopicStep

__all__ = [
    "ActionItem",
    "AgendaItem",
    "AgendaTemplate",
    "Attendance",
    "Charter",
    "Decision",
    "Mandate",
    "Meeting",
    "Member",
    "NetworkFormat",
    "Notes",
    "Objection",
    "Release",
    "Sending",
    "Topic",
    "TopicStep",
]
