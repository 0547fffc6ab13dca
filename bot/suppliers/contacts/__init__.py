"""A supplier's own contacts in the texts of goods, which the shop's customers are not to read."""
