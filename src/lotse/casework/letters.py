"""What casework writes by mail to others. A letter names no client."""

from lotse.correspondence.letters import letter

REFERRAL_LETTER = letter(
    "casework.referral",
    "Verweis an einen Partner",
    subject="Anfrage einer Beratungsstelle",
    template="casework/letters/referral.txt",
)
