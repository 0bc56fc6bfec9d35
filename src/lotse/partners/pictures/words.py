"""What the map of relations shows, in one sentence for whoever does not see it. The table says the rest."""

from lotse.partners.enums import Closeness
from lotse.partners.queries.relations import Network

SAID = {
    Closeness.BINDING: "verbindlich",
    Closeness.COORDINATES: "abgestimmt",
    Closeness.EXCHANGES: "im Austausch",
    Closeness.KNOWS: "nur bekannt",
}


def about_network(network: Network) -> str:
    number = sum(network.closeness.values())
    said = [f"{count} {words}" for one, words in SAID.items() if (count := network.closeness[one])]
    if open_ := network.closeness[None]:
        said.append(f"{open_} ohne Angabe")
    among = sum(edge.count for edge in network.edges)
    beside = f" Untereinander: {among}." if among else ""
    return f"{number} Partner unseres Hauses: {', '.join(said)}.{beside}" if number else "Noch keine Partner."
