"""What operators are warned of: a low balance, prices that jumped."""
