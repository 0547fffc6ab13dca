"""The wallet in the chat, and the desk's commands about credit."""
