"""What stays off the shelf: by an operator's hand, and by the list that the shop comes with."""
