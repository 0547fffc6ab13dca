"""Thin handlers: unpack the tap, call one use-case, present one screen."""
