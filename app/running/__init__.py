"""What keeps a running house going: duties and who rings them, whether they are still rung, room, port and lock."""
