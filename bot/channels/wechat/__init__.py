"""The WeChat Official Account (公众号, 服务号). Residents talk to it one to one; its groups are closed to programs."""
