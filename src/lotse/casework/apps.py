from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "lotse.casework"
    label = "casework"
    verbose_name = "Fallarbeit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.auditlog.sentences import name_fields  # noqa: PLC0415 -- app ready
        from lotse.casework import discrimination_facts, facts, flow_facts, indicators, interpreter_facts  # noqa: PLC0415 -- app ready
        from lotse.casework.actions.consents import WITHDRAWAL  # noqa: PLC0415 -- app ready
        from lotse.casework.actions.erasure import KIND  # noqa: PLC0415 -- app ready
        from lotse.casework.actions.imports import ClientKind  # noqa: PLC0415 -- app ready
        from lotse.casework.outcome_template import column_labels  # noqa: PLC0415 -- app ready
        from lotse.casework.part_a_template import TEMPLATES  # noqa: PLC0415 -- app ready
        from lotse.casework.queries.away import away  # noqa: PLC0415 -- app ready
        from lotse.casework.queries.partner_panel import referrals_to  # noqa: PLC0415 -- app ready
        from lotse.core.away import register_away  # noqa: PLC0415 -- app ready
        from lotse.documents.deletions import register_kind  # noqa: PLC0415 -- app ready
        from lotse.imports.kinds import register  # noqa: PLC0415 -- app ready
        from lotse.partners.panels import register_panel  # noqa: PLC0415 -- app ready

        facts.register_facts()
        discrimination_facts.register_facts()
        flow_facts.register_facts()
        interpreter_facts.register_facts()
        indicators.register_facts()
        name_fields("outcomesheet", column_labels())
        name_fields("discriminationrecord", {"grounds": "Gründe"})
        name_fields("handover", {"responsible": "zuständig"})
        name_fields("accommodation", {"address": "Anschrift"})
        register_kind(KIND)
        register_kind(WITHDRAWAL)
        register(ClientKind())
        register_panel(referrals_to)
        register_away(away)
        for template in TEMPLATES.values():
            name_fields("parta", {f.key: f.label for chapter in template.chapters for f in chapter.fields})
