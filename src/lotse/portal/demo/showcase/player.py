from dataclasses import dataclass

from lotse.accounts.models import User
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.organisations.who import actor_for


@dataclass(frozen=True)
class Player:
    person: Person
    actor: Actor

    @classmethod
    def known_as(cls, name: str) -> "Player":
        person = Person.objects.get(user=User.objects.get(email=f"{name}@lotse.example"))
        return cls(person, actor_for(person))
