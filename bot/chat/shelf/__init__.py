"""What operators hide and show of the shelf by hand."""
