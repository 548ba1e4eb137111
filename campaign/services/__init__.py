"""What a person can do, one verb a file; services open and close the transactions."""
