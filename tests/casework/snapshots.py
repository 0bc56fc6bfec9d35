"""Everything that belongs to some clients, as plain values that can be compared."""

from lotse.casework.models import Client
from lotse.casework.queries.ownership import moving_columns
from lotse.core.models import Draft

NOT_CONTENT = {"revision"}  # grows with every save, so that an open form notices


def picture(*clients):
    """Rows by model with every value, sealed text opened, and the clients themselves."""
    ids = [client.pk for client in clients]
    columns = {
        column.key: column.model._base_manager.filter(**{f"{column.name}__in": ids}) for column in moving_columns()
    }
    drafts = Draft.objects.filter(object_ref__in=[client.public_id for client in clients])
    own = {"clients": Client.objects.filter(pk__in=ids), "drafts": drafts, **columns}
    return {key: [_values(row) for row in rows.order_by("pk")] for key, rows in own.items()}


def _values(row):
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in NOT_CONTENT}
