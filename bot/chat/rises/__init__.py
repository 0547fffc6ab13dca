"""The desk about prices that rose: sell at the new price, or keep the service hidden."""
