"""The public functions as commands: what each takes and prints is one entry of `questions.QUESTIONS`."""
