"""What operators say at the desk about how many units a supplier's rate is for."""
