"""Who may come in: accounts, passwords, second factors, sessions, links. Pages about them are in `pages`."""
