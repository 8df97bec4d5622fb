"""What pages, API and reports read, each subject a file, through one `scope`, on connections that cannot write."""
