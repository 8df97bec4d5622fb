"""Pages and API for admins, workers and the public; knows the core, not the other neighbours."""
