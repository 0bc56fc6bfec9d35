from lotse.network.models.alignment import Alignment, AlignmentParty, ExchangeProcess, PracticeExample, RuleStatement
from lotse.network.models.formats import AgendaTemplate, Charter, Mandate, Member, NetworkFormat
from lotse.network.models.meetings import AgendaItem, Attendance, Meeting
from lotse.network.models.minutes import ActionItem, Decision, Notes, Objection, Release
from lotse.network.models.processes import Outreach, PreconditionRating, Process, ProcessStep
from lotse.network.models.sendings import Sending
from lotse.network.models.topics import Topic, TopicStep

__all__ = [
    "ActionItem",
    "AgendaItem",
    "AgendaTemplate",
    "Alignment",
    "AlignmentParty",
    "Attendance",
    "Charter",
    "Decision",
    "ExchangeProcess",
    "Mandate",
    "Meeting",
    "Member",
    "NetworkFormat",
    "Notes",
    "Objection",
    "Outreach",
    "PracticeExample",
    "PreconditionRating",
    "Process",
    "ProcessStep",
    "Release",
    "RuleStatement",
    "Sending",
    "Topic",
    "TopicStep",
]
