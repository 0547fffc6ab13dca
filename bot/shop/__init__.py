"""The use-cases of the shop, one module per verb, over ports that other rooms fit."""
