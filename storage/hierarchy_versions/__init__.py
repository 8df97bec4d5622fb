"""Every version of the hierarchy, and what is being written on the next one."""
