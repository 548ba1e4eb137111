"""What is measured, beside the ceilings it is held against."""
