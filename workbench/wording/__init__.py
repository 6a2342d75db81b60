"""What both front ends say."""
