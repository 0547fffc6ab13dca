"""What leaves for the chats: notices, alerts, deliveries, and the sender."""
