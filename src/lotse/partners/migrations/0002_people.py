from django.db import migrations


def into_rows(apps, schema_editor):
    """Who stood in the column becomes a contact person, sealed as the others."""
    partner, person = apps.get_model("partners", "Partner"), apps.get_model("partners", "ContactPerson")
    for one in partner.objects.exclude(contact_person="").iterator():
        person.objects.create(organisation_id=one.organisation_id, partner=one, name=one.contact_person)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("core", "0001_initial")]
    operations = [
        migrations.RunPython(into_rows, migrations.RunPython.noop),
        migrations.RemoveField(model_name="partner", name="contact_person"),
    ]
