"""What quality brings to other apps: figures, what a person who leaves hands over, who is away, words for the log."""

from lotse.auditlog.sentences import name_fields
from lotse.core.away import register_away
from lotse.organisations.ties import register_tie
from lotse.quality import facts_audits, facts_duty, facts_evidence, facts_improvements, facts_papers
from lotse.quality.queries.audit_ties import audits_of, preparation_of
from lotse.quality.queries.duty import away
from lotse.quality.queries.evidence_documents import open_documents
from lotse.quality.queries.improvement_ties import complaints_of, improvements_of
from lotse.quality.queries.paper_ties import devices_of, documents_of


def register_all() -> None:
    for facts in (facts_evidence, facts_improvements, facts_papers, facts_audits, facts_duty):
        facts.register_facts()
    for tie in (improvements_of, complaints_of, documents_of, devices_of, audits_of, preparation_of, open_documents):
        register_tie(tie)
    register_away(away)
    name_fields("audit", {"areas": "Umfang"})
