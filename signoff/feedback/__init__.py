"""What is said about a round: comments with marks, the notes that come of them, and their way through the rounds."""
