"""How much goes along, in words."""


def amount(files: int, notes: int) -> str:
    """ "2 Akten und 1 Termin ohne Akte"; what there is none of is not named, unless there is nothing."""
    said = [f"{files} {'Akte' if files == 1 else 'Akten'}"] if files or not notes else []
    if notes:
        said.append(f"{notes} {'Termin' if notes == 1 else 'Termine'} ohne Akte")
    return " und ".join(said)
