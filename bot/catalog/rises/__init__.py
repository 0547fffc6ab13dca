"""Services whose supplier raised the rate so far that an operator has to agree first."""
