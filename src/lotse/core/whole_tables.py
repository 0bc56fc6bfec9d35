"""First migrations, which only create whole tables."""

from django.db import migrations
from django.db.migrations.state import ProjectState
from django.db.migrations.utils import resolve_relation


class WholeTables(migrations.Migration):
    """A migration of ``CreateModel`` alone, each with its constraints and indexes (ADR 0043).

    Django draws every model that hangs together anew for each table it makes, which is
    all of them: the square of their number, over a minute for 250. Here the state of the
    whole migration is reached first, and only what its tables refer to is drawn, once.
    """

    def apply(self, project_state, schema_editor, collect_sql=False):
        """As in Django; what it prints as SQL is printed by Django itself."""
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql)
        project_state.__dict__.pop("apps", None)
        self.mutate_state(project_state, preserve=False)
        drawn = ProjectState(_referred(project_state, self.app_label))
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, drawn, drawn)
        return project_state


def _referred(state, app_label):
    """The models of an app, and all they refer to, directly or by way of others."""
    found, todo = {}, [key for key in state.models if key[0] == app_label]
    while todo:
        key = todo.pop()
        if key not in found:
            found[key] = state.models[key]
            todo.extend(_targets(*key, state.models[key]))
    return found


def _targets(app_label, name, model):
    fields = (getattr(field, "remote_field", None) for field in model.fields.values())
    relations = [field for field in fields if field]
    ends = [one.model for one in relations] + [one.through for one in relations if getattr(one, "through", None)]
    bases = [base for base in model.bases if isinstance(base, str)]
    return [resolve_relation(end, app_label, name) for end in ends + bases]
