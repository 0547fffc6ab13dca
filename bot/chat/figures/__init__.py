"""The shop's figures in the chat: in words, as a picture, and every morning."""
