"""The families of pages, wired: what each reads and does on this store."""
