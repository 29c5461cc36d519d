"""Everything said to people: language, sentences, own wording, words of registers and reminders."""
