"""Pages for people, one family a file: each makes a router from what `app` hands it."""
