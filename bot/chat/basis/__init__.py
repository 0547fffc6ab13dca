"""The desk about how many units suppliers' rates are for, and the order that finds it out."""
