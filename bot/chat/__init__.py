"""The conversation: typed taps, pure screens, thin routers."""
