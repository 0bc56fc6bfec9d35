"""How figures are drawn. Every picture stands beside its table and says nothing that the table does not say."""
