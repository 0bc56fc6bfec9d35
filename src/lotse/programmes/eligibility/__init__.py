"""Who is advised in which programme: dated rules as data, and a pure function that reads them. No database, no today.

`data/<version>.yaml` is released once and never changed (`releases.txt` holds its checksum); what changes is a new file.
"""
