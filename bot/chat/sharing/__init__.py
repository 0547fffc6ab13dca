"""Inline mode: what is offered behind `@bot` in any chat."""
