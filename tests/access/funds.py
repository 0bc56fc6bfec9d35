"""The room "Förderung": who keeps the funds of the carrier and of the district above it; nobody else."""

# The personas of matrix.py: the carrier's management sees its own share, the coordinator of the district all of it.
FUNDS = (403, 403, 403, 200, 403, 200, 403, 403, 403)
FUNDS_LEAD_ON = (403, 403, 403, 302, 403, 302, 403, 403, 403)
# What the receiver of the grant alone does; the carrier knows of it.
RECEIVER = (403, 403, 403, 403, 403, 200, 403, 403, 403)
RECEIVER_LEADS_ON = (403, 403, 403, 403, 403, 302, 403, 403, 403)
