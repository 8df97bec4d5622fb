"""The groups of the tree as chat windows on a page of ours, for trying: a channel like the others, without a vendor."""
